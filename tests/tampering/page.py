"""The page docs/tampering.md: what was tried, and what finds it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import Session

from states import connecting
from states import database as db
from states.embedded import Urls
from states.log.kinds import PLAIN_COLUMNS, PLAIN_TABLES
from states.settings import Settings
from tests.tampering.attempts import Tampering

DOCS = Path(__file__).parents[2] / "docs" / "tampering.md"


@contextmanager
def opened(urls: Urls) -> Iterator[Tampering]:
    """A migrated database with the story in it; nothing is committed but the schema."""
    db.migrate(urls.owner, urls.program)
    engine = connecting.new_engine(urls.owner, Settings())
    try:
        with engine.connect() as connection, Session(connection) as session:
            yield Tampering(session)
            session.rollback()
    finally:
        engine.dispose()


def written(tampering: Tampering) -> str:
    """The page docs/tampering.md."""
    rows: dict[tuple[str, str], list[str]] = {}
    for tried in tampering.every_column():
        rows.setdefault((tried.table, tried.found), []).append(tried.what)
    lines = [f"| `{table}` | {', '.join(f'`{w}`' if w[0] != '(' else w for w in what)} | {found} |"
             for (table, found), what in rows.items()]  # fmt: skip
    log = [f"| {tried.what} | {tried.found} |" for tried in tampering.log()]
    plain = [f"| `{table}` | {', '.join(f'`{c}` ({why})' for c, why in columns.items())} |"
             for table, columns in PLAIN_COLUMNS.items()]  # fmt: skip
    tables = ", ".join(f"`{table}` ({why})" for table, why in PLAIN_TABLES.items())
    return _PAGE.format(rows="\n".join(lines), log="\n".join(log), plain="\n".join(plain), tables=tables)


_PAGE = """# Đã thử sửa những gì, và cái gì phát hiện

Made by `python -m tests.tampering --write`; a test holds it equal. Each attempt is made as the database's superuser
with all triggers, keys and checks out of the way, and rolled back. The right column is the first sentence that
`dondoc audit verify` says of it. Where nothing finds it, the page says so.

## Every column of every row that bears proof

| row | column changed | what finds it |
|---|---|---|
{rows}

## The log itself

| attempt | what finds it |
|---|---|
{log}

A checkpoint doubled, or one of many taken out, changes nothing: the copy outside verifies as before.
What is changed through the triggers stands in the log as a change: the old digest stays, and a bundle or a backup from
before shows the old words. What is changed before its sealing (at most an hour on the timetable) with its waiting
digest leaves no trace at all: the checkpoint is what makes a moment past.

## A bundle, by whoever hands it over

He has a right bundle and no key. `tests/documents/proof` does each of these anew, with all hashes put right.

| attempt | what finds it |
|---|---|
| sửa một byte bất kỳ của gói, hoặc của một phần rồi đóng lại | gói không đọc được, hoặc SAI ở phần ấy |
| bỏ bớt đơn vị còn thiếu báo cáo | bản đã ký ghi nhiều đơn vị phải báo cáo hơn gói nêu, và nêu tên đơn vị còn thiếu |
| bỏ bản nguồn của số tổng hợp | nội dung tự nói là số tổng hợp; hàng của nó ghi số đơn vị |
| bỏ hàng miễn báo cáo | bản đã ký ghi ít đơn vị phải báo cáo hơn gói nêu |
| bỏ hàng của người ký, vị trí, đơn vị | gói không có người này; đơn vị được nhắc đến đã bị lấy khỏi gói |
| bỏ số đã cấp, lần nhận | lần gửi, lần nhận trong gói không phải của các bước |
| bỏ hàng ghi chữ ký của một PDF có ký; bỏ PDF | hàng ghi chữ ký, tệp đã bị lấy khỏi gói |
| bỏ tệp của văn bản ký ngoài hệ thống cùng hàng của nó | không gọi là sai: nêu SHA-256 để đối chiếu |
| bỏ những bước cuối (trả lại, mở lại, thu hồi, ký lại) cùng các hàng của chúng | không chứng minh được là có đủ các \
bước |
| bỏ lần đổi tên, đổi chức vụ về sau; bỏ việc ngừng chứng thư số | **KHÔNG gì trong gói**: câu cuối nói thế; xin gói \
mới, hoặc `dondoc audit verify` |
| đưa gói cũ còn nguyên | mốc mới hơn do bên ngoài giữ; không có mốc ấy: gói đúng đến lúc niêm phong mà nó nêu |
| thêm gì vào trước, giữa, sau các phần; đổi thứ tự phần, hàng, nội dung; viết vị trí cách khác | gói không được đóng \
đúng cách, hoặc không đúng dạng |
| nén cùng nội dung theo cách khác | không gì, và không đổi gì: mọi phần vẫn đúng từng byte |
| bỏ hoặc sửa chứng minh nối với mốc cũ | khi nêu mốc ấy: không đối chiếu được, hoặc không nối tiếp |

## What bears no proof

Nothing finds a change here, and nothing that is proven rests on it.

| row | columns |
|---|---|
{plain}

Whole tables: {tables}.
"""
