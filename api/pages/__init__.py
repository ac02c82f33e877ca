"""The pages: server-rendered, the same doors behind them as the API's."""

from fastapi import APIRouter, FastAPI

from api.pages import docs, static
from api.pages.account import admin as accounts_admin
from api.pages.account import admin_links as accounts_links
from api.pages.account import certificates as account_certificates
from api.pages.account import factor as account_factor
from api.pages.account import page as account
from api.pages.account import sessions as account_sessions
from api.pages.account import settings as settings_page
from api.pages.account import tokens as account_tokens
from api.pages.board import letter as board_letter
from api.pages.board import line as board_line
from api.pages.board import live
from api.pages.board import matrix as board_matrix
from api.pages.board import page as board
from api.pages.board import remind as board_remind
from api.pages.board import tree as plan_tree
from api.pages.document import acts as document_acts
from api.pages.document import compare as compare_page
from api.pages.document import paper as document_paper
from api.pages.document import proof as document_proof
from api.pages.document import queue_together, queues
from api.pages.document import routes as document
from api.pages.document import tables as document_tables
from api.pages.document import talk as document_talk
from api.pages.document import time as document_time
from api.pages.draft import contributions as draft_contributions
from api.pages.draft import excel as draft_excel
from api.pages.draft import proposals as draft_proposals
from api.pages.draft import routes as draft
from api.pages.incoming import files as incoming_files
from api.pages.incoming import one as incoming_one
from api.pages.incoming import page as incoming_page
from api.pages.journal import document as journal_document
from api.pages.journal import exceptions as exceptions_page
from api.pages.journal import page as journal
from api.pages.journal import person as journal_person
from api.pages.office import calendar as calendar_page
from api.pages.office import certificate as certificate_page
from api.pages.office import checkpoints as checkpoints_page
from api.pages.office import forms as forms_page
from api.pages.office import register_book
from api.pages.office import registers as registers_page
from api.pages.office import runs as runs_page
from api.pages.plans import amending as plan_amending
from api.pages.plans import new as new_plan
from api.pages.plans import page as plans
from api.pages.rules import page as rules_page
from api.pages.signing import certificates as unit_certificates
from api.pages.signing import token as signing_token
from api.pages.signing_in import acting_as, at_door, code, leaving, oidc, password, samples
from api.pages.signing_in import page as sign_in
from api.pages.store import page as store
from api.pages.today import page as today
from api.pages.totals import cell as cell_page
from api.pages.totals import list as totals_list
from api.pages.totals import page as totals_page
from api.pages.totals import run as totals_run
from api.pages.totals import stale as stale_page
from api.pages.units import edit as unit_edit
from api.pages.units import files as unit_files
from api.pages.units import page as units
from api.pages.units import people as unit_people

ROUTERS: tuple[APIRouter, ...] = (
    new_plan.router,  # first: /ke-hoach/moi is no plan's number
    account.router,
    account_certificates.router,
    account_factor.router,
    account_sessions.router,
    account_tokens.router,
    accounts_admin.router,
    accounts_links.router,
    acting_as.router,
    board.router,
    board_letter.router,
    board_line.router,
    board_matrix.router,
    board_remind.router,
    calendar_page.router,
    cell_page.router,
    certificate_page.router,
    checkpoints_page.router,
    code.router,
    compare_page.router,
    document.router,
    document_acts.router,
    document_paper.router,
    document_proof.router,
    document_tables.router,
    document_talk.router,
    document_time.router,
    draft.router,
    draft_contributions.router,
    draft_excel.router,
    draft_proposals.router,
    exceptions_page.router,
    forms_page.router,
    incoming_files.router,
    incoming_one.router,
    incoming_page.router,
    journal.router,
    journal_document.router,
    journal_person.router,
    leaving.router,
    live.router,
    password.router,
    plan_amending.router,
    plan_tree.router,
    plans.router,
    queue_together.router,
    queues.router,
    register_book.router,
    registers_page.router,
    rules_page.router,
    runs_page.router,
    settings_page.router,
    signing_token.router,
    stale_page.router,
    store.router,
    today.router,
    totals_list.router,
    totals_page.router,
    totals_run.router,
    unit_certificates.router,
    unit_edit.router,
    unit_files.router,
    unit_people.router,
    units.router,
)
PUBLIC: tuple[APIRouter, ...] = (
    at_door.router, docs.router, leaving.public, oidc.router, samples.router, sign_in.router
)  # fmt: skip


def install(app: FastAPI) -> None:
    """Serve the files beside the pages."""
    static.install(app)
