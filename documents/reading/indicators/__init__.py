"""Indicators (chỉ tiêu) in running text: fractions, shares, splits by sex, changes, zeros."""
