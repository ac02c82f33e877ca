"""`dondoc plan`, `late`, `remind`, `consolidate`, `step`: a plan's life from the command line."""

from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from api.cli.common import AsJson, Office, acting, console, database, now, say, show
from api.cli.orders import order_of
from documents import drafting
from states import units
from states.days import calendar
from states.lifecycle import Action
from states.reading import board as boards
from states.steps import Request, take
from workflows import deadlines, jobs
from workflows.planning import draft_plan

app = typer.Typer(help="Plans (kế hoạch).", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the commands that stand beside `plan`."""
    for command in (late, remind, consolidate, step):
        app.command()(command)


@app.command()
def issue(
    file: Annotated[Path, typer.Argument(help="The order as YAML; see docs/running.md.")],
    drafter: Annotated[int, typer.Option(help="Office of the drafter (công chức tham mưu).")],
    leader: Annotated[int, typer.Option(help="Office of the leader who signs.")],
    clerk: Annotated[int, typer.Option(help="Office of the clerk who numbers and sends (văn thư).")],
    as_json: AsJson = False,
) -> None:
    """Draft, present, sign and issue a plan from a file, then fan it out; each step in its own person's office."""
    order = yaml.safe_load(file.read_text(encoding="utf-8"))
    with database() as session:
        moment, by = now(), acting(session, drafter)
        plan = draft_plan(session, order_of(session, order), by.actor, moment)
        drafting.save(session, plan, order.get("content", {}), 0, by.holder, moment)
        drafting.present(session, plan, by.actor, moment)
        drafting.sign(session, plan, acting(session, leader).actor, moment)
        recipients = tuple(order.get("recipients", ("Như trên",)))
        sent = take(session, Request(plan, Action.SUBMIT, recipients=recipients), acting(session, clerk).actor, moment)
    done = jobs.fan_out(plan, now())
    words = f"Plan {plan} is issued as {sent.number}; {done.reports} reports and {done.plans} plans were opened."
    say({"plan": plan, "number": sent.number, "opened": done.opened, "plans": done.plans}, words, as_json=as_json)


@app.command("show")
def show_plan(plan: int, unit: str | None = None, level: str | None = None, as_json: AsJson = False) -> None:
    """How a plan stands: a line per unit just below, with expected, received, on time."""
    with database() as session:
        found = boards.summary_by(session, plan, _path(session, plan, unit), now(), level=level)
    rows = [{"unit": line.name, "level": line.level, "expected": line.counts.expected,
             "received": line.counts.received, "on_time": line.counts.on_time,
             "rate": _percent(line.counts.rate), "on_time_rate": _percent(line.counts.on_time_rate),
             "standings": {key.value: number for key, number in line.counts.standings.items() if number}}
            for line in found]  # fmt: skip
    columns = {"unit": "Đơn vị", "level": "Cấp", "expected": "Phải gửi", "received": "Đã nhận", "on_time": "Đúng hạn",
               "rate": "Tỷ lệ", "on_time_rate": "Tỷ lệ đúng hạn"}  # fmt: skip
    show(rows, columns, as_json=as_json, title=f"Kế hoạch {plan}")


def late(
    plan: int,
    unit: str | None = None,
    check: Annotated[bool, typer.Option("--check", help="Exit code 4 where somebody is late.")] = False,
    as_json: AsJson = False,
) -> None:
    """Who is late, the worst first, with the desk and person it lies on."""
    with database() as session:
        lines = boards.late(session, plan, _path(session, plan, unit), now(), calendar(session))
    columns = {"unit": "Đơn vị", "deadline": "Hạn gửi", "days_late": "Quá hạn (ngày)", "stage": "Đang ở bước",
               "person": "Đang ở ai", "since": "Từ lúc", "document_id": "Văn bản"}  # fmt: skip
    show(lines, columns, as_json=as_json, title=f"Quá hạn, chưa gửi: {len(lines)}")
    raise typer.Exit(4 if check and lines else 0)


def remind(plan: int, office: Office, words: str = "", unit: str | None = None, as_json: AsJson = False) -> None:
    """Remind all who are late (đôn đốc), as a supervisor or leader of the receiver."""
    with database() as session:
        days, moment = calendar(session), now()
        documents = [line.document_id for line in boards.late(session, plan, _path(session, plan, unit), moment, days)]
        told = deadlines.remind(session, documents, acting(session, office).holder, moment, words, days)
    say(told, f"{len(told.told)} reminded, {len(told.skipped)} left out.", as_json=as_json)


def consolidate(plan: int, level: str, unit: str | None = None, as_json: AsJson = False) -> None:
    """Take up what was sent into the totals of one level (tổng hợp số liệu), and name the gaps."""
    with database() as session:
        path = _path(session, plan, unit)
    done = jobs.consolidate(plan, level, now(), path)
    say(done, f"{done.reports} reports into {done.totals} totals; {done.missing} units are missing.", as_json=as_json)
    for total, names in done.gaps.items() if not as_json else ():
        console.print(f"  {total}: {', '.join(names)}", highlight=False)


def step(
    document: int, action: Action, office: Office, reason: str | None = None, code: str | None = None,
    seq: int | None = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take one step with a document in an office of yours; without one that fits, says what the table allows."""
    with database() as session:
        held = acting(session, office)
        taken: Any
        if action is Action.PRESENT:
            taken = drafting.present(session, document, held.actor, now(), seq=seq)
        elif action is Action.SIGN:
            taken = drafting.sign(session, document, held.actor, now(), seq=seq)
        else:
            request = Request(document, action, seq, reason, code)
            taken = take(session, request, held.actor, now())
    say(taken, f"{taken.action.value}: {taken.state.value}, step {taken.seq} {taken.number or ''}", as_json=as_json)


def _path(session: Any, plan: int, unit: str | None) -> str:
    """The part of the tree that is asked about: the named unit, else all that the plan's unit has below it."""
    row = session.connection().exec_driver_sql("SELECT path, opened_at FROM document WHERE id = %s AND kind = 'plan'",
                                               (plan,)).one_or_none()  # fmt: skip
    if row is None:
        raise deadlines.NoSuchPlan(plan=plan)
    return units.one(session, unit, row[1].date()).path if unit else str(row[0])


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate * 100:.1f} %".replace(".", ",")
