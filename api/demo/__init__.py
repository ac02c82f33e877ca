"""`dondoc demo`: three stories on real units with sample people, played through the engine's own doors.

1. Lai Châu 2023, three levels; 2. four more papers of the field; 3. the nation, 2026. Each run has a database of its
own beside the office's, made anew, which stays there to be looked at.
"""

import json
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy import make_url

from api.demo import lai_chau, midway, nation, others, show, show_nation
from api.demo.orchestra import Prefect, prefect_beside
from api.demo.own_database import NAME, own_database
from api.demo.stage import Stage, progress
from documents.signing.trust import means
from states import demo_clock
from states.errors import Invalid
from states.log import keys, sealing
from states.periods import LOCAL
from states.settings import Settings, current
from workflows.preparing import prepare

BEGINS = datetime(2023, 1, 3, 8, tzinfo=LOCAL)
STORIES: dict[int, tuple[str, Callable[[Stage], dict[str, Any]]]] = {
    1: ("lai_chau", lai_chau.play), 2: ("others", others.play), 3: ("nation", nation.play),
    4: ("midway", midway.play),
}  # fmt: skip
WHOLE, MIDWAY = (1, 2, 3), (1, 2, 4)
"""What is played: stories to their end, or up to a moment in the middle of the nation's year."""


class CannotWriteFigures(Invalid):
    """The figures can't be written to {file} ({why}): name another file after --json."""


def play(
    console: Console, json_path: Path | None = None, stories: Sequence[int] = WHOLE, *,
    settings: Settings | None = None, name: str = NAME,
) -> dict[str, Any]:  # fmt: skip
    """Play the stories on a database of their own, print their boards, write their figures to `json_path`.

    Raises the `StartupError` that says what is missing, `CannotWriteFigures`.
    """
    if json_path:
        _try_to_write(json_path)
    chosen, begun = settings or current(), time.perf_counter()
    with ExitStack() as stack:
        with progress(console, "PostgreSQL, cơ sở dữ liệu trình diễn", 1) as step:
            engine, url = stack.enter_context(own_database(chosen, name))
            step()
        stage = Stage(console, BEGINS, engine)
        stage.means = means(chosen)
        stage.timings.append(("PostgreSQL, cơ sở dữ liệu mới", time.perf_counter() - begun))
        prefect = stack.enter_context(prefect_beside(chosen, url)) if 3 in stories else None
        told = play_on(stage, stories, prefect)
    told["seconds"] = round(time.perf_counter() - begun, 2)
    if json_path:
        json_path.write_text(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    where = f"DATABASE_URL='{make_url(url)}'" if chosen.database_url else f"DONDOC_DATABASE={name}"
    _look_next(console, told, where, json_path)
    return told


def play_on(stage: Stage, stories: Sequence[int] = WHOLE, prefect: Prefect | None = None) -> dict[str, Any]:
    """Play on a stage that has a migrated database; returns each story's figures and the timings.

    `prefect` fans the nation's plan out; it has come up meanwhile.
    """
    with stage.timed("đơn vị và biểu mẫu"), stage.progress("Đơn vị hành chính, biểu mẫu", 1) as step:
        with stage.transaction() as session:
            new = prepare(session)
        step()
    told: dict[str, Any] = {"prepared": new}
    kept: dict[str, dict[str, Any]] = {}
    for number in stories:
        name, player = STORIES[number]
        stage.prefect = prefect if name == "nation" else None
        kept[name] = player(stage)
        told[name] = {key: value for key, value in kept[name].items() if not key.startswith("_")}
    with stage.timed("niêm phong nhật ký"), stage.transaction() as session:
        sealing.seal(session, keys.of(current()), stage.now)  # so that each paper has its proof from the first minute
    with stage.transaction() as session:
        demo_clock.mark(session, stage.now, "midway" if "midway" in kept else "whole")
    _boards(stage, kept)
    told["timings"] = [{"stage": words, "seconds": round(seconds, 3)} for words, seconds in stage.timings]
    return told


def _try_to_write(file: Path) -> None:
    """Find out before three minutes of play, not after."""
    try:
        file.touch()
    except OSError as error:
        raise CannotWriteFigures(file=file, why=error.strerror) from None


def _boards(stage: Stage, kept: dict[str, dict[str, Any]]) -> None:
    """At the end: who was late, the consolidated tables, where a figure comes from, how long everything took."""
    stage.heading("Kết quả")
    if story := kept.get("lai_chau"):
        stage.console.print(show.late(story["_late"], "Quá hạn, huyện Phong Thổ, 20/12/2023 13:00"))
        stage.console.print(*story["_tables"])
        stage.console.print(f"[dim]Số mẫu: {story['sample']}.[/]", highlight=False)
        title = "65 nữ trong báo cáo của tỉnh Lai Châu: từ đâu?"
        stage.console.print(show.trace(story["_trace"], title))
    if story := kept.get("nation"):
        for part in show_nation.boards(story):
            stage.console.print(part)
    stage.console.print(show.timings(stage.timings))


def _look_next(console: Console, told: dict[str, Any], where: str, json_path: Path | None) -> None:
    """Commands to go on with, on the demo's database."""
    console.print("\n[bold]Xem tiếp[/] (look next): dữ liệu trình diễn còn đó, đến lần trình diễn sau")
    if json_path:
        console.print(f"  số liệu của lần này: {json_path}", highlight=False)
    commands = ["show" if "midway" in told else "serve"]
    if story := told.get("lai_chau"):
        papers = story["documents"]
        commands = [f"trace {papers['province']} {int(lai_chau.WOMEN)}", f"audit timeline {papers['district']}",
                    f"plan show {papers['plan']}", *commands]  # fmt: skip
    program = "dondoc" if shutil.which("dondoc") else ".venv/bin/dondoc"
    for command in commands:
        before = "" if command == "show" else f"{where} "  # it finds the database by itself
        console.print(f"  {before}{program} {command}", highlight=False, soft_wrap=True)
