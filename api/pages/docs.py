"""Giao diện lập trình: the API's description as pages to read, one for each group of operations.

Made from the description itself (/openapi.json), so that it says what is. Public, as the description is; whoever is
signed in keeps the rail beside it.
"""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.pages import language, reference
from api.pages.beside import visit_if_any
from api.pages.rendering import html
from api.pages.shell import nonce
from api.problems import Nowhere

router = APIRouter()


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> HTMLResponse:
    """How to call, what is refused, and all operations by group."""
    return _page("docs/index.html", request, reference.read(request.app.openapi()))


@router.get("/docs/{group}", include_in_schema=False)
def group(request: Request, group: str) -> HTMLResponse:
    """The operations of one group in full. Raises `Nowhere` for a group that is none."""
    read = reference.read(request.app.openapi())
    if group not in read.groups:
        raise Nowhere()
    return _page("docs/group.html", request, read, group=group)


def _page(template: str, request: Request, read: reference.Reference, **facts: Any) -> HTMLResponse:
    visit = visit_if_any(request)
    if visit is not None:
        return visit.page(template, reference=read, groups=GROUPS, shape_name=reference.shape_name, **facts)
    return html(template, language.chosen(request), visit=None, request=request, nonce=nonce(request), reference=read,
                groups=GROUPS, shape_name=reference.shape_name, **facts)  # fmt: skip


def _(sentence: str) -> str:
    """Mark a sentence for translation; the template says it."""
    return sentence


GROUPS = {
    "plans": (_("Kế hoạch"), _("Soạn, xem, đổi hạn, giao xuống các cấp.")),
    "documents": (_("Văn bản"), _("Tìm, đọc, dòng thời gian, các bản đã cắt, ai ký được.")),
    "steps": (_("Bước xử lý"), _("Trình, ký, gửi, tiếp nhận, trả lại và các bước khác.")),
    "signing": (_("Ký số"), _("Ký bằng thiết bị: chuẩn bị, tải về, gửi lại; các chữ ký của văn bản.")),
    "drafts": (_("Dự thảo"), _("Lưu nội dung, giải trình, đóng góp của các phòng, trường.")),
    "duties": (_("Hạn và nghĩa vụ"), _("Xin gia hạn, cho phép, miễn.")),
    "registers": (_("Sổ đăng ký"), _("Mở sổ văn bản đi, với số bắt đầu và lý do.")),
    "boards": (_("Theo dõi"), _("Việc trên bàn, bảng theo dõi, đơn vị chậm, nhắc.")),
    "consolidation": (_("Tổng hợp"), _("Cộng số, xem trước, đơn vị còn thiếu, bảng đã cũ.")),
    "totals": (_("Số liệu"), _("Bảng số, ô số từ đâu ra, chênh lệch, dòng chờ xếp nhóm.")),
    "audit": (_("Kiểm tra"), _("Ai đã ký gì, ngoại lệ, tính toàn vẹn, hồ sơ chứng minh, mốc niêm phong.")),
    "units": (_("Đơn vị"), _("Tìm, cây đơn vị theo ngày, đơn vị kế thừa, nhập từ CSV.")),
    "people": (_("Người và vị trí"), _("Ai giữ vị trí nào, giao và thôi giao.")),
    "tokens": (_("Mã truy cập"), _("Cấp, xem, thu hồi.")),
    "forms": (_("Biểu mẫu"), _("Mọi bản biểu mẫu, với mục, biểu, cột và quy tắc.")),
    "calendar": (_("Lịch làm việc"), _("Ngày làm việc, ngày nghỉ, ngày đổi.")),
    "flows": (_("Tác vụ tự động"), _("Các lần chạy; yêu cầu chạy.")),
    "health": (_("Tình trạng"), _("Chương trình và cơ sở dữ liệu có trả lời không.")),
}
"""The groups (tags) in the office's words: name, what is there. One without is shown by its own name."""
