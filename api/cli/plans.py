"""`dondoc plan`, `late`, `remind`, `consolidate`: a plan's life from the command line."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.common import LEVEL_HELP, PLAN_HELP, AsJson, Office, Part, acting, database, now
from api.cli.orders import content_of, order_of, read, recipients_of
from api.cli.steps import step
from api.cli.tables import console, say, show
from documents import drafting
from states import units
from states.days import calendar
from states.lifecycle import Action
from states.reading import board as boards
from states.reading.tree import NoSuchPlan
from states.steps import Request, take
from workflows import deadlines, jobs
from workflows.planning import draft_plan

app = typer.Typer(help="Plans (kế hoạch): issue one, see how it stands.", no_args_is_help=True)
Plan = Annotated[int, typer.Argument(help=PLAN_HELP)]
_STANDINGS = {
    "not_started": "chưa bắt đầu", "drafting": "đang soạn", "presented": "chờ ký", "signed_not_sent": "đã ký, chưa gửi",
    "returned": "bị trả lại", "reopened": "đang sửa", "overdue": "quá hạn", "sent_on_time": "gửi đúng hạn",
    "sent_late": "gửi chậm", "consolidated": "đã tổng hợp", "waived": "được miễn", "cancelled": "không còn phải gửi",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the commands that stand beside `plan`."""
    for command in (late, remind, consolidate, step):
        app.command()(command)


@app.command()
def issue(
    file: Annotated[Path, typer.Argument(help="The order as YAML; see docs/running.md.", exists=True, dir_okay=False)],
    drafter: Annotated[int, typer.Option(help="Office of the drafter (công chức tham mưu).")],
    leader: Annotated[int, typer.Option(help="Office of the leader who signs.")],
    clerk: Annotated[int, typer.Option(help="Office of the clerk who numbers and sends (văn thư).")],
    as_json: AsJson = False,
) -> None:
    """Issue a plan from a file and fan it out.

    It is drafted, presented, signed and sent, each step in its own person's office; then every report that it asks
    for is opened.
    """
    order = read(file)
    with database() as session:
        moment, by = now(), acting(session, drafter)
        plan = draft_plan(session, order_of(session, order), by.actor, moment)
        drafting.save(session, plan, content_of(order), 0, by.holder, moment)
        drafting.present(session, plan, by.actor, moment)
        drafting.sign(session, plan, acting(session, leader).actor, moment)
        request = Request(plan, Action.SUBMIT, recipients=recipients_of(order))
        sent = take(session, request, acting(session, clerk).actor, moment)
    done = jobs.fan_out(plan, now())
    words = f"Plan {plan} is issued as {sent.number}; {done.reports} reports and {done.plans} plans were opened."
    say({"plan": plan, "number": sent.number, "opened": done.opened, "plans": done.plans}, words, as_json=as_json)


@app.command("show")
def show_plan(
    plan: Plan, unit: Part = None, as_json: AsJson = False,
    level: Annotated[str | None, typer.Option(help="Count only this level: " + LEVEL_HELP)] = None,
) -> None:  # fmt: skip
    """How a plan stands, by unit.

    A line for the unit itself and for each just below it: how many reports are expected, received, on time.
    """
    with database() as session:
        found = boards.summary_by(session, plan, path_of(session, plan, unit), now(), level=level)
    rows = [{"unit": line.name, "level": line.level, "expected": line.counts.expected,
             "received": line.counts.received, "on_time": line.counts.on_time,
             "rate": _percent(line.counts.rate), "on_time_rate": _percent(line.counts.on_time_rate),
             "standings": {key.value: number for key, number in line.counts.standings.items() if number},
             "how": ", ".join(f"{number} {_STANDINGS[key]}" for key, number in line.counts.standings.items() if number)}
            for line in found]  # fmt: skip
    columns = {"unit": "Đơn vị", "expected": "Phải gửi", "received": "Đã nhận", "on_time": "Đúng hạn",
               "rate": "Tỷ lệ", "on_time_rate": "Tỷ lệ đúng hạn", "how": "Tình trạng"}  # fmt: skip
    show(rows, columns, as_json=as_json, title=f"Kế hoạch {plan}")


@app.command()
def reports(plan: Plan, unit: Part = None, as_json: AsJson = False) -> None:
    """Every report that a plan asks for, with its number."""
    with database() as session:
        path = path_of(session, plan, unit)
        lines = boards.board(session, plan, path, now(), calendar(session), compare=False).lines
    columns = {"document_id": "Văn bản", "unit": "Đơn vị", "standing": "Tình trạng", "deadline": "Hạn gửi",
               "number": "Số", "sent_at": "Gửi lúc"}  # fmt: skip
    show(lines, columns, as_json=as_json, title=f"Kế hoạch {plan}", words={"standing": _STANDINGS})


def late(
    plan: Plan,
    unit: Part = None,
    check: Annotated[bool, typer.Option("--check", help="Exit code 4 where somebody is late.")] = False,
    as_json: AsJson = False,
) -> None:
    """Who is late with a report, the worst first.

    With the desk and the person that it lies on.
    """
    with database() as session:
        lines = boards.late(session, plan, path_of(session, plan, unit), now(), calendar(session))
    columns = {"unit": "Đơn vị", "deadline": "Hạn gửi", "days_late": "Quá hạn (ngày làm việc)", "stage": "Đang ở bước",
               "person": "Đang ở ai", "since": "Từ lúc", "document_id": "Văn bản"}  # fmt: skip
    show(lines, columns, as_json=as_json, title=f"Quá hạn, chưa gửi: {len(lines)}", words={"stage": _STANDINGS})
    raise typer.Exit(4 if check and lines else 0)


def remind(
    plan: Plan, office: Office, unit: Part = None, as_json: AsJson = False,
    words: Annotated[str, typer.Option(help="What to tell them beside the standing words.")] = "",
) -> None:  # fmt: skip
    """Remind all who are late (đôn đốc).

    In an office of a supervisor or leader of the unit that receives their reports.
    """
    with database() as session:
        days, moment = calendar(session), now()
        path = path_of(session, plan, unit)
        documents = [line.document_id for line in boards.late(session, plan, path, moment, days)]
        told = deadlines.remind(session, documents, acting(session, office).holder, moment, words, days)
    say(told, f"{len(told.told)} reminded, {len(told.skipped)} left out.", as_json=as_json)
    for document, why in told.skipped.items() if not as_json else ():
        console.print(f"  {document}: {why}", highlight=False, markup=False)


def consolidate(
    plan: Plan, level: Annotated[str, typer.Argument(help="Whose totals: " + LEVEL_HELP)], unit: Part = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Make one level's totals of what was sent (tổng hợp), and name the gaps."""
    with database() as session:
        path = path_of(session, plan, unit)
    done = jobs.consolidate(plan, level, now(), path)
    say(done, f"{done.reports} reports into {done.totals} totals; {done.missing} units are missing.", as_json=as_json)
    for total, names in done.gaps.items() if not as_json else ():
        console.print(f"  {total}: {', '.join(names)}", highlight=False, markup=False)


def path_of(session: Any, plan: int, unit: str | None) -> str:
    """The part of the tree that is asked about: the named unit, else all that the plan's unit has below it."""
    row = session.connection().exec_driver_sql("SELECT path, opened_at FROM document WHERE id = %s AND kind = 'plan'",
                                               (plan,)).one_or_none()  # fmt: skip
    if row is None:
        raise NoSuchPlan(plan=plan)
    return units.one(session, unit, row[1].date()).path if unit else str(row[0])


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate * 100:.1f} %".replace(".", ",")
