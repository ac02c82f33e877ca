"""`dondoc demo`: three stories on real units with sample people, played through the engine's own doors.

1. Lai Châu 2023, three levels; 2. four more papers of the field; 3. the nation, 2026. Each run has a database of its
own beside the office's, made anew, which stays there to be looked at.
"""

import importlib
import importlib.util
import json
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from api.demo import lai_chau, others, show, show_nation
from api.demo.own_database import own_database
from api.demo.stage import Stage, progress
from states.periods import LOCAL
from states.settings import Settings, current
from workflows.preparing import prepare

BEGINS = datetime(2023, 1, 3, 8, tzinfo=LOCAL)
STORIES: dict[int, str] = {1: "lai_chau", 2: "others", 3: "nation"}


def play(
    console: Console, json_path: Path | None = None, stories: Sequence[int] = tuple(STORIES), *,
    settings: Settings | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Play the stories on a database of their own, print their boards, write their figures to `json_path`.

    Raises the `StartupError` that says what is missing.
    """
    begun = time.perf_counter()
    with ExitStack() as stack:
        with progress(console, "PostgreSQL, cơ sở dữ liệu trình diễn", 1) as step:
            engine, url = stack.enter_context(own_database(settings or current()))
            step()
        stage = Stage(console, BEGINS, engine)
        stage.timings.append(("PostgreSQL, cơ sở dữ liệu mới", time.perf_counter() - begun))
        told = play_on(stage, stories)
    told["seconds"] = round(time.perf_counter() - begun, 2)
    if json_path:
        json_path.write_text(json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
    _look_next(console, url, json_path)
    return told


def play_on(stage: Stage, stories: Sequence[int] = tuple(STORIES)) -> dict[str, Any]:
    """Play on a stage that has a migrated database; returns each story's figures and the timings."""
    with stage.timed("đơn vị và biểu mẫu"), stage.progress("Đơn vị hành chính, biểu mẫu", 1) as step:
        with stage.transaction() as session:
            new = prepare(session)
        step()
    told: dict[str, Any] = {"prepared": new}
    kept: dict[str, dict[str, Any]] = {}
    for number in stories:
        if player := _player(STORIES[number]):
            result = player(stage)
            kept[STORIES[number]] = result
            told[STORIES[number]] = {name: value for name, value in result.items() if not name.startswith("_")}
    _boards(stage, kept)
    told["timings"] = [{"stage": name, "seconds": round(seconds, 3)} for name, seconds in stage.timings]
    return told


def _player(story: str) -> Callable[[Stage], dict[str, Any]] | None:
    if story in _HERE:
        return _HERE[story]
    if importlib.util.find_spec(f"api.demo.{story}") is None:
        return None
    found: Callable[[Stage], dict[str, Any]] = importlib.import_module(f"api.demo.{story}").play
    return found


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


def _look_next(console: Console, url: str, json_path: Path | None) -> None:
    console.print("\n[bold]Xem tiếp[/] (look next)")
    if json_path:
        console.print(f"  Số liệu: {json_path}", highlight=False)
    console.print(f"  Cơ sở dữ liệu còn đó:  export DATABASE_URL='{url}'", highlight=False, soft_wrap=True)
    console.print("  rồi  dondoc late · dondoc trace · dondoc audit · dondoc serve", highlight=False)


_HERE: dict[str, Callable[[Stage], dict[str, Any]]] = {"lai_chau": lai_chau.play, "others": others.play}
