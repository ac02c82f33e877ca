"""What one may be told of, in words, by group: the topics of the notices (`states.preferences.NOTICES`)."""


def _(sentence: str) -> str:
    """Mark a sentence for translation; the template says it."""
    return sentence


GROUPS: tuple[tuple[str, tuple[tuple[str, tuple[str, str]], ...]], ...] = (
    (_("Việc giao cho bạn"), (
        ("open", (_("Việc mới"), _("đơn vị nhận kế hoạch hoặc được yêu cầu báo cáo"))),
        ("assign", (_("Giao việc"), _("văn bản được giao cho bạn xử lý"))),
        ("present", (_("Trình ký"), _("văn bản được trình, đang chờ bạn ký"))),
        ("send_back", (_("Chuyển lại"), _("văn bản được chuyển lại để hoàn thiện"))),
        ("sign", (_("Đã ký"), _("văn bản đã ký, chờ lấy số và gửi"))),
        ("return", (_("Trả lại"), _("văn bản đã gửi bị trả lại để sửa"))),
        ("reopen", (_("Mở lại"), _("văn bản được mở lại sau khi đã tổng hợp"))),
    )),
    (_("Tin về văn bản"), (
        ("submit", (_("Đã gửi"), _("đơn vị đã gửi văn bản"))),
        ("recall", (_("Rút về"), _("đơn vị rút văn bản về để sửa"))),
        ("register", (_("Đã vào sổ"), _("văn bản ký ngoài hệ thống đã được vào sổ"))),
        ("withdraw", (_("Thu hồi"), _("văn bản bị thu hồi"))),
        ("checkpoint", (_("Mốc niêm phong"), _("mốc của nhật ký, gửi mỗi ngày cho người giữ vai kiểm tra"))),
    )),
    (_("Trao đổi"), (
        ("question", (_("Câu hỏi"), _("có người hỏi về văn bản của bạn"))),
        ("answer", (_("Trả lời"), _("câu hỏi của bạn đã được trả lời"))),
    )),
    (_("Nhắc thời hạn"), (
        ("reminder-before", (_("Sắp đến hạn"), _("còn ít ngày làm việc"))),
        ("reminder-due", (_("Đến hạn"), _("hôm nay là thời hạn"))),
        ("overdue", (_("Quá hạn"), _("báo cáo quá hạn của đơn vị bạn hoặc đơn vị bạn theo dõi"))),
        ("escalation-chair", (_("Báo cáo Chủ tịch"), _("báo cáo quá hạn được trình Chủ tịch chỉ đạo"))),
        ("escalation-above", (_("Chuyển cấp trên"), _("báo cáo quá hạn được chuyển cấp trên đôn đốc"))),
        ("return-due", (_("Hạn gửi lại"), _("văn bản bị trả lại sắp hết hạn gửi lại"))),
        ("manual-reminder", (_("Đôn đốc"), _("người theo dõi nhắc trực tiếp"))),
    )),
)  # fmt: skip
VALUES: dict[str, str] = {"now": _("Gửi ngay"), "digest": _("Gộp vào bản tin"), "off": _("Không gửi")}
