"""Figures (số liệu) and how they add up: exact or bounded values, ratios, sex splits, coverage.

Pure: no database, no clock, no form. Missing is not zero: where there is no `Figure` nothing was reported,
while an explicit "Không" is a reported 0. Amounts are `Decimal`; people, events and đồng are whole numbers.
SQL adds figures as ``SUM(amount), BIT_OR(bound)``; `Figure.of` reads that back.
"""

from states.figures.bounds import BadFigure, Bound
from states.figures.cells import BadCell, Cell
from states.figures.coverage import Coverage
from states.figures.figure import Figure, Reading
from states.figures.ratios import Match, Ratio
from states.figures.splits import Split

__all__ = ["BadCell", "BadFigure", "Bound", "Cell", "Coverage", "Figure", "Match", "Ratio", "Reading", "Split"]
