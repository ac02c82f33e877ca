"""The words of administrative papers: types with their abbreviations (Phụ lục III), authority, posts, bodies."""

from __future__ import annotations

from typing import Final

from documents.reading.folding import fold

TYPES: Final = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Chỉ thị": "CT", "Quy chế": "QC", "Quy định": "QyĐ", "Thông cáo": "TC",
    "Thông báo": "TB", "Hướng dẫn": "HD", "Chương trình": "CTr", "Kế hoạch": "KH", "Phương án": "PA", "Đề án": "ĐA",
    "Dự án": "DA", "Báo cáo": "BC", "Biên bản": "BB", "Tờ trình": "TTr", "Hợp đồng": "HĐ", "Công điện": "CĐ",
    "Bản ghi nhớ": "BGN", "Bản thỏa thuận": "BTT", "Giấy ủy quyền": "GUQ", "Giấy mời": "GM",
    "Giấy giới thiệu": "GGT", "Giấy nghỉ phép": "GNP", "Phiếu gửi": "PG", "Phiếu chuyển": "PC", "Phiếu báo": "PB",
    "Kết luận": "KL", "Công văn": "",
}  # fmt: skip
"""Types of administrative papers and their abbreviations; a công văn has none. Kết luận belongs to party bodies."""

CITED: Final = (*TYPES, "Thông tư liên tịch", "Thông tư", "Nghị định", "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp",
                "Văn bản", "Quy định")  # fmt: skip

AUTHORITIES: Final = {"tuq": "TUQ.", "t/?m": "TM.", "k/?t": "KT.", "t/?l": "TL.", "q": "Q."}
"""On whose behalf (Điều 13), by folded pattern: under a mandate, for a body, for the head, by order, acting."""

POST = (
    r"(?:(?:pho |uy vien |truong |q\. ?|quyen |thuong truc )*"
    r"(?:chu tich|bi thu|giam doc|truong (?:phong|ban|tram|khoa|tieu ban|khu pho)|chu nhiem|"
    r"chanh van phong|chanh thanh tra|bo truong|thu truong|"
    r"thu tuong|tong thu ky|vien truong|chanh an|cuc truong|chi cuc truong|tong cuc truong|vu truong|hieu truong|"
    r"chi huy truong|truong cong an|doi truong|tram truong|truong doan|thuong truc|uy vien|truong thon|"
    r"pho ban|pho phong|chanh thanh tra|tong giam doc|ke toan truong|to truong|xa doi truong|dai dien|"
    r"thu truong don vi|nguoi dung dau))"
)
"""A post in a signature block, folded."""

BODY = (
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|uy ban mat tran|ubmttq\w*|mttq|mat tran to quoc|"
    r"dang uy|dang bo|huyen uy|tinh uy|thanh uy|thi uy|quan uy|chi bo|ban thuong vu|ban chap hanh|ban bi thu|"
    r"bo chinh tri|chinh phu|thu tuong|quoc hoi|uy ban thuong vu|uy ban quoc gia|uy ban dan toc|uy ban|"
    r"so|phong|ban|bo|tong cuc|cuc|chi cuc|vu|van phong|trung tam|truong|hoi|doan|lien doan|cong doan|cong an|"
    r"bo chi huy|ban chi huy|tram|toa an|vien kiem sat|thanh tra|kho bac|ngan hang|bao hiem|hat|doi|vien|dai|"
    r"chu tich ubnd|chu tich uy ban|bo truong|giam doc|hoi dong|to cong tac|tieu ban)"
)
"""How the name of a body begins, folded."""

SURNAMES: Final = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dao doan vuong trinh truong dinh lam phung "
    "mai to ha tang cao luong luu chu ta thai kieu quach thach danh son kim chau nong ma lo vang giang sung tong la "
    "ksor "
    "rcom rmah siu nay kpa y h' a hua than an bach ban be be bien ca can cam che chung co cu cung dam dau diep dieu "
    "dong "
    "dang giap hang han hau hua huyen khong khuat kha la lai lanh lieu luc man mac mong mua nghiem nghiem nhu ninh "
    "on ong "
    "phu quan quang sam si tao thi thieu thoi tieu tu tuong ung van vi vien xa hau long khuc ho kha loc lu tham "
    "thieu tho "
    "tien trang trieu ha au ba doi dong ly leng moong puih".split()
)
"""Family names, folded, of the peoples of Vietnam as far as they are common; others only lower the certainty."""

_RIGHT_POSTS = (
    "PHÓ CHỦ TỊCH", "CHỦ TỊCH", "PHÓ BÍ THƯ", "BÍ THƯ", "PHÓ GIÁM ĐỐC", "GIÁM ĐỐC", "PHÓ TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG",
    "PHÓ TRƯỞNG BAN", "TRƯỞNG BAN", "PHÓ CHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG", "BỘ TRƯỞNG", "ỦY BAN NHÂN DÂN",
    "HỘI ĐỒNG NHÂN DÂN", "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "HIỆU TRƯỞNG", "VĂN HÓA", "XÃ HỘI",
)  # fmt: skip


def abbreviation_of(type_word: str) -> str:
    """The abbreviation of a type ("Kế hoạch": KH); "" for a công văn or an unknown one."""
    return TYPES.get(type_word, "")


def type_of_abbreviation(abbreviation: str) -> str:
    """The type of an abbreviation as a symbol begins with it, or ""."""
    said = abbreviation.upper()
    found = [word for word, short in TYPES.items() if short and short.upper() == said]
    plain = [word for word, short in TYPES.items() if short and short.upper().replace("Đ", "D") == said]
    return (found or plain or [""])[0]


def right_post(said: str) -> str:
    """A post whose marks a scan has lost, in its right spelling ("PHÓ CHỦ TICH"); other words as they are."""
    folded = fold(said)
    for post in _RIGHT_POSTS:
        at = folded.find(fold(post))
        if at >= 0 and said[at : at + len(post)].isupper() and said[at : at + len(post)].replace("UỶ", "ỦY") != post:
            said = said[:at] + post + said[at + len(post) :]
    return said
