"""More sample people than each office's five: who sits in two offices, who only looks, who keeps the program."""

from typing import Any

from api.demo.nation.told import NATION
from api.demo.scene import SINCE, Part
from api.demo.stage import Stage
from states import offices
from states.offices import NewOffice

QUANG_NGAI, HO_CHI_MINH = "vn2:51", "vn2:79"
CAM_THANH, TRUONG_QUANG_TRONG, DUC_PHO, YA_LY = "vn2:21025", "vn2:21172", "vn2:21439", "vn2:23548"

_KEEPERS = (Part("auditor", "auditor", "Thanh tra viên"), Part("admin", "admin", "Quản trị chương trình"))
_SECOND = (Part("second", "leader", "Phó Chủ tịch phụ trách văn xã", "KT."),
           Part("drafter2", "drafter", "Chuyên viên"))  # fmt: skip


def people(stage: Stage) -> None:
    """Auditors and administrators, second Vice-chairs, persons with two offices; everybody's telephone."""
    province = stage.unit(QUANG_NGAI)
    for place in (NATION, province, stage.unit(HO_CHI_MINH)):
        stage.staff(place, parts=(*_KEEPERS, *_SECOND))
    stage.staff(stage.unit(HO_CHI_MINH), parts=(Part("watcher", "supervisor", "Chuyên viên theo dõi"),))
    for unit, called, other, seat, title, authority in (
        (DUC_PHO, "vice", QUANG_NGAI, "drafter", "Thư ký Ban Vì sự tiến bộ của phụ nữ (kiêm nhiệm)", ""),
        (HO_CHI_MINH, "watcher", HO_CHI_MINH, "auditor", "Thanh tra viên (kiêm nhiệm)", ""),
        (TRUONG_QUANG_TRONG, "vice", YA_LY, "leader", "Quyền Chủ tịch", "Q."),
    ):
        person = stage.who(stage.unit(unit), called).person_id
        with stage.transaction() as session:
            offices.give(session, NewOffice(person, stage.unit(other), seat, title, SINCE, authority))
    with stage.transaction() as session:
        for sql in (_PERSONS, _UNITS):
            session.connection().exec_driver_sql(sql)


def useful(stage: Stage) -> dict[str, Any]:
    """Who to look at the pages as: a name for the seat, the person's number and words."""
    province, ho_chi_minh = stage.unit(QUANG_NGAI), stage.unit(HO_CHI_MINH)
    wards = stage.below(province, "commune")
    seats = {
        "Theo dõi, trung ương": (NATION, "supervisor"), "Theo dõi, Quảng Ngãi": (province, "supervisor"),
        "Phó Chủ tịch, Quảng Ngãi: chờ ký": (province, "vice"), "Văn thư, Quảng Ngãi": (province, "clerk"),
        "Tham mưu, Quảng Ngãi: dự thảo tổng hợp": (province, "drafter"),
        "Tham mưu, Phường Sa Huỳnh: đang soạn": (wards["21478"], "drafter"),
        "Tham mưu, Xã Phước Giang: bị chuyển lại": (wards["21370"], "drafter"),
        "Tham mưu, Phường Trương Quang Trọng: bị trả lại": (wards["21172"], "drafter"),
        "Văn thư, Xã Tư Nghĩa: đã ký, chưa gửi": (wards["21235"], "clerk"),
        "Phó Chủ tịch, Phường Cẩm Thành: mười văn bản chờ ký": (wards["21025"], "vice"),
        "Phó Chủ tịch, Phường Đức Phổ: soạn ở tỉnh": (wards["21439"], "vice"),
        "Phó Chủ tịch, Phường Trương Quang Trọng: hai nơi": (wards["21172"], "vice"),
        "Theo dõi, Thành phố Hồ Chí Minh": (ho_chi_minh, "supervisor"),
        "Phó Chủ tịch, Thành phố Hồ Chí Minh: bốn mươi văn bản": (ho_chi_minh, "vice"),
        "Theo dõi và thanh tra, Thành phố Hồ Chí Minh": (ho_chi_minh, "watcher"),
        "Thanh tra, trung ương": (NATION, "auditor"), "Quản trị, trung ương": (NATION, "admin"),
    }  # fmt: skip
    return {"people": {words: stage.who(*seat).person_id for words, seat in seats.items()}}


# 0000 is nobody's prefix: plainly a sample.
_PERSONS = "UPDATE person SET phone = '0000 ' || to_char(id, 'FM000\" \"000') WHERE sample AND phone IS NULL"
_UNITS = """
UPDATE unit SET phone = '0000 ' || to_char(900000 + id, 'FM000" "000')
 WHERE registry = 'vn2' AND level IN ('province','commune')
"""
