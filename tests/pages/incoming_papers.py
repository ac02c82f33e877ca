"""Reports as the wards of tỉnh Mẫu Giang would send them by file: Word, PDF, or text."""

from __future__ import annotations

from tests.documents.reading.making import Sample, made
from tests.pages.page_reader import Reader

TITLE = "Kết quả thực hiện Tháng hành động vì bình đẳng giới năm 2026"


def paper(unit: str, kind: str = "docx", *, number: str = "25", day: str = "15", men: str = "42") -> bytes:
    """A ward's report on the Action Month, number 25/BC-UBND of 15 December 2026, with its three tables."""
    ward = unit.split(" ", 1)[1]
    sample = Sample(
        "mau", {}, left=["UBND TỈNH MẪU GIANG", "ỦY BAN NHÂN DÂN", unit.upper(), f"Số: {number}/BC-UBND"],
        right=["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
               f"{ward}, ngày {day} tháng 12 năm 2026"],
        type_line="BÁO CÁO", title=[TITLE],
        body=[f"Thực hiện Kế hoạch số 01/KH-UBND ngày 05/10/2026 của UBND tỉnh Mẫu Giang, UBND phường {ward} báo cáo:",
              "I. CÔNG TÁC CHỈ ĐẠO, BAN HÀNH KẾ HOẠCH TRIỂN KHAI", "UBND phường đã ban hành kế hoạch.",
              "II. NHỮNG KẾT QUẢ ĐÃ ĐẠT ĐƯỢC", "Nhận thức của người dân được nâng lên.",
              "1. Tổ chức phát động và các hoạt động hưởng ứng, kiểm tra, giám sát",
              {"rows": [["STT", "Hoạt động", "Số cuộc/đoàn", "Số người tham gia", "<", "Cấp triển khai"],
                        ["^", "^", "^", "Nam", "Nữ", "^"],
                        ["1", "Tọa đàm tư vấn tiền hôn nhân", "1", men, "55", "UBND phường"]]},
              "2. Kết quả truyền thông trên các phương tiện thông tin đại chúng, thông tin cơ sở",
              {"rows": [["STT", "Nội dung", "Số lượng", "Cấp triển khai"], ["", "Không", "", ""]]},
              "3. Sản xuất, phát hành các sản phẩm truyền thông",
              {"rows": [["STT", "Sản phẩm", "Số lượng", "Cấp triển khai"], ["", "Không", "", ""]]}],
        recipients=["UBND huyện", "Lưu: VT"],
        sign=["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Bình"],
    )  # fmt: skip
    return made(sample, kind)


def came(reader: Reader, name: str, data: bytes) -> int:
    """Upload one file; its number."""
    answer = reader.post("/nhan", {}, files={"tep": (name, data)})
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("/")[2])
