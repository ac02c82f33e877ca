"""What a total's page is asked for in its address, and the address of the same page with one thing changed."""

from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query

from api.deps import IdQuery

WORDS, WAITING = "loi", "dong"
"""Tabs beside the tables: what the units wrote, and rows that wait for a category."""


@dataclass(frozen=True)
class Asked:
    """The unit, the tab (a table's number, `WORDS`, `WAITING`), one category, a revision; or the preview, with what
    was put up for signature.
    """

    plan_id: int
    unit: int | None = None
    tab: str = ""
    category: int | None = None
    version: int | None = None
    preview: bool = False
    drafts: bool = False
    only: str = ""
    requirement: int | None = None

    @property
    def path(self) -> str:
        """Without the query."""
        return f"/ke-hoach/{self.plan_id}/tong-hop"

    def href(self, ending: str = "", **changes: Any) -> str:
        """The address with changes; `ending` for a file (".xlsx")."""
        it = replace(self, **changes)
        told = {
            "don-vi": it.unit, "bieu": it.tab, "nhom": it.category, "ban": None if it.preview else it.version,
            "xem": "truoc" if it.preview else "", "du-thao": "1" if it.preview and it.drafts else "", "chi": it.only,
            "yeu-cau": it.requirement,
        }  # fmt: skip
        query = urlencode({name: value for name, value in told.items() if value})
        return self.path + ending + (f"?{query}" if query else "")


async def asked(
    plan_id: int, unit: Annotated[IdQuery, Query(alias="don-vi")] = None,
    tab: Annotated[str, Query(alias="bieu", max_length=8)] = "",
    category: Annotated[int | None, Query(alias="nhom", ge=1, le=99)] = None,
    version: Annotated[int | None, Query(alias="ban", ge=1, le=2**63 - 1)] = None,
    view: Annotated[str, Query(alias="xem", max_length=8)] = "",
    drafts: Annotated[str, Query(alias="du-thao", max_length=4)] = "",
    only: Annotated[str, Query(alias="chi", max_length=8)] = "",
    requirement: Annotated[IdQuery, Query(alias="yeu-cau")] = None,
) -> Asked:  # fmt: skip
    """From the address; what it doesn't know is left out."""
    return Asked(plan_id, unit, tab, category, version, view == "truoc", bool(drafts),
                 only if only in ("thieu", "co") else "", requirement)  # fmt: skip


AskedOf = Annotated[Asked, Depends(asked)]
