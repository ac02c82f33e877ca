"""What the demo prints of the nation, from the figures that its story returns."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from api.demo.show import in_form
from documents.forms import form
from states.figures import Cell

_PROVINCES = 10


def boards(told: Mapping[str, Any]) -> Iterator[RenderableType]:
    """The late board over the weeks, the slowest provinces, the totals with their coverage, and the trace."""
    if told["boards"]:
        yield _weeks(told["boards"])
        yield _slowest(told["boards"])
    yield from _totals(told)
    if told["trace"]:
        yield _trace(told["trace"])


def _weeks(found: list[dict[str, Any]]) -> Table:
    table = Table(title="Cả nước: báo cáo của xã, phường, đặc khu", title_justify="left")
    for name in ("Lúc", "Phải gửi", "Đã gửi", "Đúng hạn", "Quá hạn"):
        table.add_column(name, justify="left" if name == "Lúc" else "right")
    for told in found:
        overdue = told["standings"].get("overdue", 0)
        table.add_row(
            f"{datetime.fromisoformat(told['at']):%d/%m/%Y %H:%M}", _grouped(told["expected"]),
            f"{_grouped(told['received'])} ({_share(told['received'], told['expected'])})",
            f"{_grouped(told['on_time'])} ({_share(told['on_time'], told['expected'])})",
            f"[bold red]⚠ {_grouped(overdue)}[/]" if overdue else "[dim]–[/]",
        )  # fmt: skip
    return table


def _slowest(found: list[dict[str, Any]]) -> Table:
    """The provinces with most overdue, on the day when most wards were."""
    loudest = max(found, key=lambda told: told["standings"].get("overdue", 0))
    day = datetime.fromisoformat(loudest["at"])
    table = Table(title=f"Chậm nhất, {day:%d/%m/%Y %H:%M}", title_justify="left")
    for name in ("Tỉnh, thành phố", "Phải gửi", "Đã gửi", "Đúng hạn", "Quá hạn"):
        table.add_column(name, justify="left" if name.startswith("Tỉnh") else "right")
    overdue = sorted(loudest["provinces"], key=lambda line: -line["standings"].get("overdue", 0))
    for line in overdue[:_PROVINCES]:
        late = line["standings"].get("overdue", 0)
        table.add_row(line["unit"], _grouped(line["expected"]), _share(line["received"], line["expected"]),
                      _share(line["on_time"], line["expected"]), f"[bold red]⚠ {late}[/]" if late else "")  # fmt: skip
    return table


def _totals(told: Mapping[str, Any]) -> list[Table]:
    wards, provinces, gaps = (told["coverage"][name] for name in ("wards", "provinces", "gaps"))
    missing = f"; thiếu {len(gaps)}: {', '.join(gaps[:3])}{' …' if len(gaps) > 3 else ''}" if gaps else ""
    coverage = f"Phủ {_of(provinces)} tỉnh, {_of(wards)} xã, phường, đặc khu{missing}"
    words = {Cell(cell["cell"]): cell["value"] for cell in told["totals"]}
    return in_form(form("action-month", 2), words, "Tổng hợp toàn quốc", coverage)


def _trace(path: list[dict[str, Any]]) -> Tree:
    """One national figure down to a ward's row, each time by the biggest part."""
    tree = Tree(Text.assemble("Một con số của cả nước: từ đâu?\n", _traced(path[0])))
    at = tree
    for node in path[1:]:
        at = at.add(_traced(node))
    return tree


def _traced(node: Mapping[str, Any]) -> Text:
    line = Text.assemble((node["figure"], "bold"), f"  {node['unit']}")
    if node["words"]:
        line.append(f" · {node['words']}", "italic")
    if node["parts"] > 1:
        line.append(f"  cộng từ {node['parts']} phần", "dim")
    if node["signed_by"]:
        line.append(f"  {node['signed_by']}, {datetime.fromisoformat(node['signed_at']):%d/%m/%Y}", "dim")
    return line.append(f"  {node['digest'][:12]}", "dim cyan")


def _of(pair: list[int]) -> str:
    return f"{_grouped(pair[0])}/{_grouped(pair[1])}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "–"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")
