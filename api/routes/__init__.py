"""The routes, one router per subject. Thin: load, call one well-named function, answer."""

from fastapi import APIRouter

from api.routes import (
    audit,
    boards,
    calendar,
    consolidation,
    documents,
    drafts,
    duties,
    flows,
    forms,
    people,
    plans,
    proof,
    registers,
    sheets,
    signing,
    steps,
    tokens,
    totals,
    units,
)

ROUTERS: tuple[APIRouter, ...] = tuple(
    module.router
    for module in (
        plans, documents, steps, signing, drafts, duties, boards, consolidation, totals, audit, proof, units, people,
        tokens, forms, calendar, flows, registers, sheets,
    )
)  # fmt: skip
