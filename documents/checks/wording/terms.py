"""Words of the field as they are written (thuật ngữ): against them the officer sees a slip of the pen or of a scan."""

from typing import Final

PHRASES: Final = (
    "bạo lực gia đình", "bình đẳng giới", "băng rôn", "câu lạc bộ", "chăm sóc sức khỏe", "dân tộc thiểu số",
    "địa chỉ tin cậy", "định kiến giới", "hội đồng nhân dân", "hội liên hiệp phụ nữ", "hội nghị", "hưởng ứng",
    "khẩu hiệu", "kỹ năng", "lồng ghép", "mặt trận tổ quốc", "mất cân bằng giới tính khi sinh", "nạn nhân",
    "ngày quốc tế hạnh phúc", "phòng ngừa", "sức khỏe sinh sản", "sự tiến bộ của phụ nữ", "tập huấn",
    "tháng hành động", "tiêm chủng", "tiền hôn nhân", "tọa đàm", "tổ dân phố", "trên cơ sở giới", "tuyên truyền",
    "tuyên truyền viên", "tư vấn", "ủy ban nhân dân", "ứng phó",
)  # fmt: skip
"""Phrases that no other words of the language are like: with other marks, or a letter more or less, they are misspelt.
«Truyền thông» is not among them (truyền thống), nor «vận động» (Văn Đồng)."""

ALSO: Final = {"kỹ năng": ("kĩ năng",), "tư vấn": ("tự vẫn", "tự vấn"), "tuyên truyền": ("tuyến truyền",)}
"""Other spellings and other words that are right too."""

WRONG: Final = {"băng zôn": "băng rôn", "thương binh xã hội": "Thương binh và Xã hội", "lễ mít ting": "lễ mít tinh"}
"""Spellings that are met and never right."""

SHORT: Final = (
    "BĐG", "BLGĐ", "ĐBDTTS", "GĐVH", "HĐND", "KHHGĐ", "LĐTBXH", "LĐTB&XH", "MTTQ", "MTTQVN", "PCBLGĐ", "PCTN", "THCS",
    "THPT", "UBMTTQ", "UBMTTQVN", "UBND", "VSTBCPN", "VSTBPN",
)  # fmt: skip
"""Short forms."""

SURNAMES: Final = frozenset(
    """
    Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đoàn Vương Trịnh Trương Đinh Lâm
    Phùng Mai Tô Hà Tạ Cao Lương Lường Lượng Luông Lưu Lừu Lữu Chu Thái Kiều Quách Thạch Danh Sơn Kim Châu Nông
    Ma Mã Lò Lô Lộ Vàng Giang Giàng Sùng Tống Tòng La Lã Lạ Ksor Siu Nay Kpă Hứa Thân Ân Bạch Ban Bàn Bế Biện Ca
    Cà Cầm Cam Che Chung Cô Cù Cung Đàm Đậu Diệp Điêu Đèo Giáp Hàn Hạng Hảng Hầu Khổng Khuất Kha Lai Lại Lành
    Lều Lục Mạc Mẫn Mông Mùa Nghiêm Nhữ Ninh Ông Phú Phó Quan Quàng Quảng Sầm Tào Thiều Thi Tiêu Từ Tường Tưởng
    Ưng Ung Văn Vì Viên Vi Xa Long Khúc Lộc Lư Thẩm Thiệu Tiền Tràng Tráng Triệu Âu Doãn Đồng Đổng Hùng Thào Lầu
    Lâu Phàn Phàng Tẩn Chẻo Vừ Và Xồng Hờ Cứ Má Rơ Rmah Lèng Trang Tăng Tất Tôn Ngụy Nhan Mẫu
    """.split()
)
"""Family names with their marks, as far as they are met; who bears another is none of the officer's business."""
COMMON: Final = ("Nguyễn", "Trần", "Phạm", "Huỳnh", "Hoàng", "Đặng", "Dương", "Trịnh", "Trương")
"""Those that a slip most likely meant."""
