"""Why the reader is not quite sure, in the language of whoever looks at the page.

A reading is kept as it was made, with its reasons in Vietnamese; here each is known by its pattern again. A reason that
no pattern knows stands as it was kept.
"""

import re
from collections.abc import Callable


def reasons(kept: str, say: Callable[[str], str]) -> str:
    """The reasons of one value, several of them divided by «; »."""
    return "; ".join(_reason(one, say) for one in kept.split("; ")) if kept else ""


def _reason(kept: str, say: Callable[[str], str]) -> str:
    if kept in _PLAIN:
        return say(kept)
    for shape, sentence in _SHAPES:
        if found := shape.fullmatch(kept):
            return say(sentence) % found.groupdict()
    return kept


def _(sentence: str) -> str:
    """Mark a sentence for translation."""
    return sentence


def _shape(sentence: str) -> tuple[re.Pattern[str], str]:
    """A sentence with %(name)s as a pattern that finds what stands there."""
    parts = re.split(r"%\((\w+)\)s", sentence)
    return re.compile("".join(f"(?P<{p}>.+)" if n % 2 else re.escape(p) for n, p in enumerate(parts))), sentence


_PLAIN = frozenset((
    _("không thấy số, ký hiệu"), _("không có ký hiệu"), _("ký hiệu thiếu gạch nối"), _("không có địa danh"),
    _("không thấy địa danh"), _("không thấy ngày ban hành"), _("không có dòng tên loại, theo ký hiệu"),
    _("không có tên loại, ký hiệu không có chữ viết tắt tên loại"),
    _("không có dòng tên loại, suy từ câu mở đầu"), _("không rõ loại văn bản"), _("không thấy trích yếu"),
    _("không có dòng tên loại, lấy dòng tiêu đề"), _("không có tên cơ quan, suy từ ký hiệu"),
    _("không rõ cơ quan ban hành"), _("không rõ đơn vị"), _("theo danh mục đơn vị"), _("không thấy tên người ký"),
    _("khối ký không ghi chức vụ"), _("ngày đầu, ngày cuối theo quy định chung, văn bản không ghi"),
    _("không ghi ngày"), _("ngày ghi không đủ"), _("không ghi cơ quan ban hành, hiểu là cơ quan cùng cấp"),
    _("không ghi số và ngày"), _("không thấy dòng đầu bảng"), _("không ghi số cuộc, hiểu là 1"), _("không thấy"),
    _("hãy chọn"), _("số còn để trống"), _("còn để trống ngày"), _("còn để trống tháng"), _("còn để trống năm"),
    _("còn để trống ngày, tháng"), _("còn để trống ngày, năm"), _("còn để trống tháng, năm"),
    _("còn để trống ngày, tháng, năm"), _("chữ trong tệp bị vỡ"), _("xem có kể trùng không"),
    _("ô đầu bảng viết thành từng dòng, hiểu theo thứ tự"), _("có dòng thiếu ô, không rõ ô trống ở cột nào"),
    _("tỷ lệ ghi dưới dạng phần của 1, hiểu là phần trăm, làm tròn một chữ số"),
    _("một ô gộp cả cột bên cạnh: số này chưa tách nam, nữ"),
))  # fmt: skip
_SHAPES = tuple(_shape(sentence) for sentence in (
    _("chữ số bị nhận nhầm, «%(written)s» đọc là %(meant)s"), _("ký hiệu ghi «%(written)s», hiểu là %(meant)s"),
    _("năm viết hai chữ số, đọc là %(meant)s"), _("không có tháng %(month)s"),
    _("không có ngày %(day)s trong tháng %(month)s"), _("họ «%(name)s» ít gặp, hãy xem lại tên"),
    _("viết khác dấu, hiểu là %(meant)s"), _("viết gần giống, hiểu là %(meant)s"),
    _("viết «%(written)s», hiểu là %(meant)s"), _("mục «%(written)s» hiểu là «%(meant)s»"),
    _("«%(written)s» hiểu là %(meant)s"), _("%(name)s không có vào ngày %(day)s"),
    _("có %(count)s đơn vị cùng tên (%(places)s)"), _("hai ngày khác nhau: %(one)s và %(two)s"),
    _("%(where)s lại ghi «%(name)s»"), _("không có tên ở đầu văn bản, theo %(where)s"),
    _("cộng từ %(count)s chỗ: %(parts)s"), _("ghi «%(written)s», giữ số thấp hơn"),
    _("bảng không tách nam, nữ: số này được ghép vào cột «%(name)s»"),
))  # fmt: skip
