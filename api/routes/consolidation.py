"""Consolidation (tổng hợp số liệu): previews that change nothing, one level a run, gaps by name."""

from typing import Annotated

from fastapi import APIRouter, Query
from psycopg.types.json import Jsonb
from sqlmodel import Session

from api import totals_read
from api.auth import Access, Acting, Caller, allowed
from api.deps import InTransaction
from api.idempotency import OnceOnly
from api.schemas.plans import ConsolidatedOut, ConsolidateIn, Level
from api.schemas.totals import PreviewOut, StaleOut
from api.scope import NotBelowYou, UnitAsked, path_of
from api.seeing import SeenPlan
from states.reading.staleness import stale_totals
from workflows import consolidation
from workflows.consolidation import Consolidated
from workflows.preview import preview

router = APIRouter(prefix="/plans", tags=["consolidation"])


@router.post("/{plan_id}/consolidate", summary="Make the totals of one level",
             dependencies=[allowed(Access.SUPERVISOR | Access.LEADER | Access.ADMIN)])  # fmt: skip
def consolidate(
    seen: SeenPlan, new: ConsolidateIn, session: InTransaction, by: Acting, once: OnceOnly
) -> ConsolidatedOut:
    """What was sent goes into the drafts of the level; a total that is signed gets a supplement. Safe to repeat."""
    path = path_of(session, new.unit, by, seen)
    done = consolidation.consolidate(session, seen.id, new.level, by.at, unit_path=path)
    _note(session, done, by)
    return once.keep(ConsolidatedOut.of(done), 200)


@router.get("/{plan_id}/preview", summary="What the totals would be now", dependencies=[allowed(Access.OFFICE)])
def preview_totals(
    seen: SeenPlan, session: InTransaction, by: Acting, level: Level | None = None, unit: UnitAsked = None,
    drafts: Annotated[bool, Query(description="count what was put up for signature, and mark it")] = False,
) -> list[PreviewOut]:  # fmt: skip
    """Through all levels, at any time; marks what is not signed and changes nothing."""
    found = preview(session, seen.id, by.at, level=level, unit_path=path_of(session, unit, by, seen), drafts=drafts)
    shapes = totals_read.shapes(session, [one.document_id for one in found])
    return [
        PreviewOut.of(
            {**vars(one), "missing": one.missing, "cells": totals_read.cells(one.figures, shapes[one.document_id])}
        )
        for one in found
    ]


@router.get("/{plan_id}/gaps", summary="Whose figures are missing", dependencies=[allowed(Access.OFFICE)])
def read_gaps(
    seen: SeenPlan, session: InTransaction, by: Acting, level: Level, unit: UnitAsked = None
) -> dict[str, list[str]]:
    """Per total of the level: units by name, each with the reason why."""
    return consolidation.gaps(session, seen.id, level, path_of(session, unit, by, seen))


@router.get("/{plan_id}/stale", summary="Totals that are stale", dependencies=[allowed(Access.OFFICE)])
def read_stale_totals(seen: SeenPlan, session: InTransaction, by: Acting) -> list[StaleOut]:
    """Those that hold figures of reports reopened, recalled or corrected since; for who looks at the whole plan."""
    if not seen.parties.path.startswith(path_of(session, None, by, seen)):
        raise NotBelowYou(unit=seen.id)
    return StaleOut.all(stale_totals(session, plan_id=seen.id))


def _note(session: Session, done: Consolidated, by: Caller) -> None:
    told = {"level": done.level, "totals": done.totals, "reports": done.reports, "supplements": done.supplements,
            "gaps": done.gaps, "asked_by": by.held.office_id}  # fmt: skip
    keys = {"subject": str(done.plan_id), "at": by.at, "done": Jsonb(told)}
    session.connection().exec_driver_sql(_NOTE, keys)


_NOTE = "INSERT INTO flow_note (flow, subject, at, done) VALUES ('consolidate', %(subject)s, %(at)s, %(done)s)"
