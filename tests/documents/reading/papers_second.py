"""Sample papers written after the reader was tuned on the first ones, to see how it does at first sight.

People are samples, figures are invented.
"""

from making import Sample, Sheet

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "---------------")

PAPERS = (
    Sample(
        "huyện, báo cáo năm, biểu có dòng tổng",
        {
            "issuer": {"name": "UBND huyện Ân Thi", "level": "district", "unit": "Huyện Ân Thi", "parent": "Tỉnh Hưng Yên", "province": "Tỉnh Hưng Yên", "code": 329},
            "doc_type": "Báo cáo", "type_abbr": "BC", "number": "412", "symbol": "BC-UBND", "date": "2023-12-01", "place": "Ân Thi",
            "title": "Kết quả thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ năm 2023; phương hướng, nhiệm vụ năm 2024",
            "period": {"kind": "year", "year": 2023},
            "basis": [{"number": "1893", "symbol": "SLĐTBXH-TE&BĐG", "date": "2023-11-10", "issuer": "Sở Lao động - Thương binh và Xã hội", "role": "superior_guidance"},
                      {"number": "27", "symbol": "KH-UBND", "date": "2023-02-14", "issuer": "UBND huyện Ân Thi", "role": "own_plan"}],
            "recipients": ["Sở Lao động - TB&XH", "Thường trực Huyện ủy", "Chủ tịch, các PCT UBND huyện", "Lưu: VT, LĐTBXH"],
            "signer": {"name": "Phạm Thị Mẫu", "position": "PHÓ CHỦ TỊCH", "authority": "KT.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [{"no": 1, "title": "Kết quả công tác truyền thông",
                        "columns": ["TT", "Nội dung", "Số cuộc", "Số người tham dự|Tổng số", "Số người tham dự|Trong đó nữ"],
                        "rows": [[1, "Hội nghị tuyên truyền", 21, "1.860", "1.204"], [2, "Tập huấn", 3, 180, 97], [None, "Tổng cộng", 24, "2.040", "1.301"]]}],
            "indicators": [{"name": "nữ đại biểu HĐND huyện", "female": 9, "total": 35, "percent_female_stated": "25,7%"},
                           {"name": "nữ đại biểu HĐND xã", "female": 128, "total": 527, "percent_female_stated": "24,29%"}],
            "money": [{"what": "kinh phí", "amount_vnd": 60000000}],
        },
        left=("ỦY BAN NHÂN DÂN", "HUYỆN ÂN THI", "-------", "Số: 412/BC-UBND"),
        right=(*MOTTO, "Ân Thi, ngày 01 tháng 12 năm 2023"),
        type_line="BÁO CÁO",
        title=("Kết quả thực hiện công tác bình đẳng giới và vì sự tiến bộ của phụ nữ", "năm 2023; phương hướng, nhiệm vụ năm 2024"),
        body=(
            "Thực hiện Công văn số 1893/SLĐTBXH-TE&BĐG ngày 10/11/2023 của Sở Lao động - Thương binh và Xã hội về việc báo cáo công tác bình đẳng giới năm 2023, UBND huyện Ân Thi báo cáo như sau:",
            "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO",
            "UBND huyện đã ban hành Kế hoạch số 27/KH-UBND ngày 14/02/2023 về công tác bình đẳng giới năm 2023.",
            "II. KẾT QUẢ THỰC HIỆN MỤC TIÊU",
            "1. Lĩnh vực chính trị",
            "- Nữ đại biểu HĐND huyện: 09/35, đạt tỷ lệ 25,7%; nữ đại biểu HĐND cấp xã 128/527, đạt tỷ lệ 24,29%.",
            "2. Kinh phí thực hiện năm 2023 là 60 triệu đồng.",
            "III. BIỂU SỐ LIỆU",
            "Biểu 01. Kết quả công tác truyền thông",
            Sheet((("TT", "Nội dung", "Số cuộc", "Số người tham dự", "<"), ("^", "^", "^", "Tổng số", "Trong đó nữ"), ("1", "Hội nghị tuyên truyền", "21", "1.860", "1.204"),
                   ("2", "Tập huấn", "3", "180", "97"), ("", "Tổng cộng", "24", "2.040", "1.301")), 2),
            "Trên đây là báo cáo của UBND huyện Ân Thi, trân trọng báo cáo./.",
        ),
        recipients=("- Sở Lao động - TB&XH;", "- Thường trực Huyện ủy;", "- Chủ tịch, các PCT UBND huyện;", "- Lưu: VT, LĐTBXH."),
        sign=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Phạm Thị Mẫu"),
    ),
    Sample(
        "xã mới, kế hoạch, dấu gạch dài, số viết liền",
        {
            "issuer": {"name": "UBND xã Quỳnh Nhai", "level": "ward", "unit": "Xã Quỳnh Nhai", "parent": "Tỉnh Sơn La", "province": "Tỉnh Sơn La", "code": 3703},
            "doc_type": "Kế hoạch", "number": "58", "symbol": "KH-UBND", "date": "2025-11-03", "place": "Quỳnh Nhai",
            "title": "Tổ chức Tháng hành động vì bình đẳng giới và phòng ngừa, ứng phó với bạo lực trên cơ sở giới năm 2025",
            "period": {"kind": "campaign", "year": 2025},
            "basis": [{"number": "265", "symbol": "KH-UBND", "date": "2025-10-17", "issuer": "UBND tỉnh Sơn La", "role": "parent_plan"}],
            "recipients": ["UBND tỉnh (b/c)", "Sở Nội vụ (b/c)", "TT Đảng ủy, HĐND xã", "Các bản", "Lưu: VT, VH-XH (Hương)"],
            "signer": {"name": "Lò Văn Thử", "position": "PHÓ CHỦ TỊCH", "authority": "KT.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [], "indicators": [], "money": [{"what": "kinh phí", "amount_vnd": 12500000}],
            "task_groups": ["Truyền thông trên hệ thống loa", "Tổ chức các hoạt động hưởng ứng"],
            "assignees": ["Phòng Văn hóa - Xã hội xã", "Đề nghị Hội LHPN xã", "Các bản trong xã"],
        },
        left=("UỶ BAN NHÂN DÂN", "XÃ QUỲNH NHAI", "Số: 58/KH–UBND"),
        right=("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập — Tự do — Hạnh phúc", "Quỳnh Nhai, ngày 03 tháng 11 năm 2025"),
        type_line="KẾ HOẠCH",
        title=("Tổ chức Tháng hành động vì bình đẳng giới và phòng ngừa,", "ứng phó với bạo lực trên cơ sở giới năm 2025"),
        body=(
            "Căn cứ Kế hoạch số 265/KH–UBND ngày 17/10/2025 của UBND tỉnh Sơn La về việc tổ chức Tháng hành động vì bình đẳng giới năm 2025;",
            "Uỷ ban nhân dân xã Quỳnh Nhai xây dựng kế hoạch tổ chức thực hiện như sau:",
            "I. MỤC ĐÍCH",
            "1. Nâng cao nhận thức về bình đẳng giới.",
            "II. NỘI DUNG, NHIỆM VỤ",
            "1. Truyền thông trên hệ thống loa",
            "- Phát ít nhất 02 lần/tuần.",
            "2. Tổ chức các hoạt động hưởng ứng",
            "- Mỗi bản tổ chức 01 buổi sinh hoạt.",
            "III. KINH PHÍ",
            "Tổng kinh phí: 12.500.000 đồng (Mười hai triệu năm trăm nghìn đồng).",
            "IV. TỔ CHỨC THỰC HIỆN",
            "1. Phòng Văn hóa - Xã hội xã: chủ trì tham mưu.",
            "2. Đề nghị Hội LHPN xã: phối hợp tuyên truyền.",
            "3. Các bản trong xã: tổ chức thực hiện, gửi báo cáo về UBND xã trước ngày 10/12/2025.",
            "Trên đây là kế hoạch tổ chức Tháng hành động của UBND xã Quỳnh Nhai./.",
        ),
        recipients=("- UBND tỉnh (b/c);", "- Sở Nội vụ (b/c);", "- TT Đảng ủy, HĐND xã;", "- Các bản;", "- Lưu: VT, VH-XH (Hương)."),
        sign=("TM. UỶ BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Lò Văn Thử"),
    ),
    Sample(
        "Bộ, công văn hướng dẫn",
        {
            "issuer": {"name": "Bộ Nội vụ", "level": None, "unit": None},
            "doc_type": "Công văn", "number": "739", "symbol": "BNV-CTTN&BĐG", "date": "2025-02-18", "place": "Hà Nội",
            "title": "hướng dẫn thực hiện công tác bình đẳng giới năm 2025",
            "basis": [{"number": "28", "symbol": "NQ-CP", "date": "2021-03-03", "issuer": "Chính phủ"}],
            "addressees": ["Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ", "Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"],
            "recipients": ["Như trên", "Bộ trưởng (để báo cáo)", "Lưu: VT, CTTN&BĐG"],
            "signer": {"name": "Ngô Thị Ví Dụ", "position": "THỨ TRƯỞNG", "authority": "KT.", "on_behalf_of": "BỘ TRƯỞNG"},
            "tables": [], "indicators": [{"name": "cơ quan có lãnh đạo chủ chốt là nữ", "value_stated": "60%"}], "money": [],
        },
        left=("BỘ NỘI VỤ", "______", "Số: 739/BNV-CTTN&BĐG", "V/v hướng dẫn thực hiện công tác", "bình đẳng giới năm 2025"),
        right=(*MOTTO, "Hà Nội, ngày 18 tháng 02 năm 2025"),
        body=(
            "Kính gửi:",
            "- Các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ;",
            "- Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương.",
            "Triển khai Nghị quyết số 28/NQ-CP ngày 03/3/2021 của Chính phủ, Bộ Nội vụ hướng dẫn một số nội dung trọng tâm như sau:",
            "1. Phấn đấu đến năm 2025 đạt 60% cơ quan quản lý nhà nước có lãnh đạo chủ chốt là nữ.",
            "2. Báo cáo kết quả về Bộ Nội vụ trước ngày 15/12/2025 để tổng hợp, báo cáo Chính phủ./.",
        ),
        recipients=("- Như trên;", "- Bộ trưởng (để báo cáo);", "- Lưu: VT, CTTN&BĐG."),
        sign=("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "", "", "Ngô Thị Ví Dụ"),
    ),
    Sample(
        "báo cáo quý của phường có tên số",
        {
            "issuer": {"name": "UBND Phường 6", "level": "ward", "unit": "Phường 6", "parent": "Thành phố Mỹ Tho", "province": "Tỉnh Tiền Giang", "code": 28270},
            "doc_type": "Báo cáo", "number": "63", "symbol": "BC-UBND", "date": "2024-09-16", "place": "Phường 6",
            "title": "Kết quả công tác gia đình và bình đẳng giới quý III năm 2024",
            "period": {"kind": "Q3", "year": 2024, "start": "2024-06-15", "end": "2024-09-14"},
            "basis": [{"number": "88", "symbol": "KH-UBND", "date": "2024-03-11", "issuer": "UBND thành phố Mỹ Tho", "role": "parent_plan"}],
            "recipients": ["UBND TP. Mỹ Tho", "Phòng LĐTBXH TP", "Lưu: VT"],
            "signer": {"name": "Huỳnh Văn Mẫu", "position": "CHỦ TỊCH", "authority": "TM.", "on_behalf_of": None},
            "tables": [], "money": [{"what": "quà", "amount_vnd": 7200000}],
            "indicators": [{"name": "vụ bạo lực gia đình", "numerator": 2}, {"name": "trẻ em gái tiêm ngừa", "female": 46, "total": 91}],
            "activities": [{"what": "họp tổ dân phố", "count": 15, "participants": 732, "male": 291, "female": 441}, {"what": "tin, bài", "count": "8"}],
        },
        left=("UBND THÀNH PHỐ MỸ THO", "ỦY BAN NHÂN DÂN PHƯỜNG 6", "Số: 63/BC-UBND"),
        right=(*MOTTO, "Phường 6, ngày 16 tháng 9 năm 2024"),
        type_line="BÁO CÁO",
        title=("Kết quả công tác gia đình và bình đẳng giới quý III năm 2024",),
        body=(
            "Thực hiện Kế hoạch số 88/KH-UBND ngày 11/3/2024 của UBND thành phố Mỹ Tho về công tác gia đình năm 2024. Ủy ban nhân dân Phường 6 báo cáo kết quả quý III như sau:",
            "1. Tuyên truyền: lồng ghép trong 15 cuộc họp tổ nhân dân, có 732 người dự (nam 291, nữ 441). Phát 08 tin, bài trên đài truyền thanh phường.",
            "2. Trong quý xảy ra 02 vụ bạo lực gia đình, đã hòa giải thành.",
            "3. Số trẻ được tiêm ngừa 91 cháu, trong đó 46 cháu gái.",
            "4. Vận động tặng 24 phần quà trị giá 7.200.000đ cho hộ nghèo.",
            "Trên đây là báo cáo quý III năm 2024./.",
        ),
        recipients=("- UBND TP. Mỹ Tho;", "- Phòng LĐTBXH TP;", "- Lưu: VT."),
        sign=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Huỳnh Văn Mẫu"),
    ),
    Sample(
        "báo cáo một cột, dạng chép từ web, biểu kẻ dấu gạch đứng",
        {
            "issuer": {"name": "UBND xã Tân Lợi", "level": "ward", "unit": "Xã Tân Lợi", "parent": "Huyện Hớn Quản", "province": "Tỉnh Bình Phước", "code": 25342},
            "doc_type": "Báo cáo", "number": "129", "symbol": "BC-UBND", "date": "2023-12-18", "place": "Tân Lợi",
            "title": "Kết quả thực hiện Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm 2023",
            "basis": [{"number": "231", "symbol": "KH-UBND", "date": "2023-11-06", "issuer": "UBND huyện Hớn Quản", "role": "parent_plan"}],
            "recipients": ["UBND huyện", "Phòng LĐ-TB&XH", "Lưu: VT"],
            "signer": {"name": "Lâm Thị Thử", "position": "PHÓ CHỦ TỊCH", "authority": "KT.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [{"no": 1, "title": "Các hoạt động", "columns": ["STT", "Hoạt động", "Số cuộc", "Nam", "Nữ"],
                        "rows": [[1, "Mít tinh", 1, 50, 120], [2, "Tư vấn nhóm", 6, 30, 90]]}],
            "indicators": [], "money": [{"what": "kinh phí", "amount_vnd": 8000000}],
            "activities": [{"what": "Mít tinh", "count": 1, "male": 50, "female": 120}],
        },
        raw="""**UBND HUYỆN HỚN QUẢN**

**ỦY BAN NHÂN DÂN XÃ TÂN LỢI**

Số: 129 /BC - UBND

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**

**Độc lập - Tự do - Hạnh phúc**

*Tân Lợi, ngày 18 tháng 12 năm 2023*

**BÁO CÁO**

**Kết quả thực hiện Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm 2023**

Căn cứ Kế hoạch số 231/KH-UBND ngày 06/11/2023 của Ủy ban nhân dân huyện Hớn Quản triển khai Tháng hành động vì bình đẳng giới năm 2023; Ủy ban nhân dân xã Tân Lợi báo cáo kết quả như sau:

**1. Các hoạt động**

| STT | Hoạt động | Số cuộc | Nam | Nữ |
|---|---|---|---|---|
| 1 | Mít tinh | 1 | 50 | 120 |
| 2 | Tư vấn nhóm | 6 | 30 | 90 |

**2. Kinh phí:** 8.000.000 đồng (tám triệu đồng).

Trên đây là báo cáo của Ủy ban nhân dân xã Tân Lợi./.

***Nơi nhận:***

- UBND huyện;
- Phòng LĐ-TB&XH;
- Lưu: VT.

**TM. ỦY BAN NHÂN DÂN**
**KT. CHỦ TỊCH**
**PHÓ CHỦ TỊCH**

**Lâm Thị Thử**
""",
        made=("txt",),
    ),
    Sample(
        "quận, thông báo kết luận",
        {
            "issuer": {"name": "UBND quận Thanh Khê", "level": "district", "unit": "Quận Thanh Khê", "parent": "Thành phố Đà Nẵng", "province": "Thành phố Đà Nẵng", "code": 491},
            "doc_type": "Thông báo", "number": "277", "symbol": "TB-UBND", "date": "2024-05-22", "place": "Thanh Khê",
            "title": "Kết luận của Phó Chủ tịch UBND quận tại cuộc họp giao ban công tác văn xã tháng 5 năm 2024",
            "basis": [],
            "recipients": ["Chủ tịch và các PCT UBND quận", "Các phòng: VHTT, LĐTBXH, GDĐT", "UBND 10 phường", "Lưu: VT"],
            "signer": {"name": "Đặng Văn Thí Dụ", "position": "CHÁNH VĂN PHÒNG", "authority": "TL.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [], "indicators": [], "money": [],
        },
        left=("ỦY BAN NHÂN DÂN", "QUẬN THANH KHÊ", "", "Số: 277/TB-UBND"),
        right=(*MOTTO, "Thanh Khê, ngày 22 tháng 5 năm 2024"),
        type_line="THÔNG BÁO",
        title=("Kết luận của Phó Chủ tịch UBND quận", "tại cuộc họp giao ban công tác văn xã tháng 5 năm 2024"),
        body=(
            "Ngày 20/5/2024, tại phòng họp số 2, đồng chí Phó Chủ tịch UBND quận chủ trì cuộc họp giao ban. Sau khi nghe ý kiến các đơn vị, đồng chí kết luận:",
            "1. Giao Phòng Lao động - Thương binh và Xã hội chủ trì tham mưu kế hoạch, trình UBND quận trước ngày 31/5/2024.",
            "2. UBND các phường rà soát số liệu trẻ em, báo cáo chậm nhất vào ngày 05/6/2024.",
            "Văn phòng HĐND và UBND quận thông báo để các đơn vị biết, thực hiện./.",
        ),
        recipients=("- Chủ tịch và các PCT UBND quận;", "- Các phòng: VHTT, LĐTBXH, GDĐT;", "- UBND 10 phường;", "- Lưu: VT."),
        sign=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "", "Đặng Văn Thí Dụ"),
    ),
    Sample(
        "thị xã, quyết định phê duyệt, ký TM. UBND, ba căn cứ",
        {
            "issuer": {"name": "UBND thị xã Quảng Yên", "level": "district", "unit": "Thị xã Quảng Yên", "parent": "Tỉnh Quảng Ninh", "province": "Tỉnh Quảng Ninh", "code": 206},
            "doc_type": "Quyết định", "number": "2208", "symbol": "QĐ-UBND", "date": "2021-07-19", "place": "Quảng Yên",
            "title": "V/v phê duyệt dự toán kinh phí hoạt động bình đẳng giới năm 2021",
            "basis": [{"number": "191/2009", "symbol": "TT-BTC", "date": "2009-10-01", "issuer": "Bộ Tài chính", "role": "legal"},
                      {"number": "163/2016", "symbol": "NĐ-CP", "date": "2016-12-21", "issuer": "Chính phủ", "role": "legal"},
                      {"number": "77/2015", "symbol": "QH13", "date": "2015-06-19", "issuer": "Quốc hội", "role": "legal"}],
            "recipients": ["Như Điều 3 (t/h)", "TT TU, HĐND thị xã (b/c)", "CT, các PCT UBND thị xã", "Lưu: VT, TCKH"],
            "signer": {"name": "Bùi Văn Mẫu", "position": "PHÓ CHỦ TỊCH", "authority": "KT.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [], "indicators": [], "money": [{"what": "dự toán", "amount_vnd": 86400000}],
        },
        left=("ỦY BAN NHÂN DÂN", "THỊ XÃ QUẢNG YÊN", "_______", "Số:2208/QĐ-UBND"),
        right=(*MOTTO, "Quảng Yên, ngày 19 tháng 7 năm 2021"),
        type_line="QUYẾT ĐỊNH",
        title=("V/v phê duyệt dự toán kinh phí hoạt động bình đẳng giới năm 2021",),
        body=(
            "ỦY BAN NHÂN DÂN THỊ XÃ QUẢNG YÊN",
            "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19/6/2015;",
            "Căn cứ Nghị định số 163/2016/NĐ-CP ngày 21/12/2016 của Chính phủ quy định chi tiết thi hành một số điều của Luật Ngân sách nhà nước;",
            "Căn cứ Thông tư 191/2009/TT-BTC ngày 01/10/2009 của Bộ Tài chính hướng dẫn quản lý và sử dụng kinh phí hoạt động bình đẳng giới;",
            "Xét đề nghị của Trưởng phòng Tài chính - Kế hoạch,",
            "QUYẾT ĐỊNH:",
            "Điều 1. Phê duyệt dự toán kinh phí hoạt động bình đẳng giới năm 2021 với số tiền: 86.400.000 đồng.",
            "(Bằng chữ: Tám mươi sáu triệu bốn trăm nghìn đồng chẵn).",
            "Điều 2. Nguồn kinh phí: ngân sách thị xã.",
            "Điều 3. Chánh Văn phòng, Trưởng phòng Tài chính - Kế hoạch căn cứ Quyết định thi hành./.",
        ),
        recipients=("- Như Điều 3 (t/h);", "- TT TU, HĐND thị xã (b/c);", "- CT, các PCT UBND thị xã;", "- Lưu: VT, TCKH."),
        sign=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Bùi Văn Mẫu"),
    ),
    Sample(
        "Ban của tỉnh, trưởng ban là Phó Chủ tịch, báo cáo 6 tháng cuối năm",
        {
            "issuer": {"name": "Ban vì sự tiến bộ của phụ nữ tỉnh Ninh Thuận", "level": "province", "unit": "Tỉnh Ninh Thuận", "parent": None, "province": "Tỉnh Ninh Thuận", "code": 58,
                       "parent_line": "UBND tỉnh Ninh Thuận"},
            "doc_type": "Báo cáo", "number": "07", "symbol": "BC-BVSTBCPN", "date": "2022-12-20", "place": "Ninh Thuận",
            "title": "Tình hình hoạt động vì sự tiến bộ của phụ nữ 6 tháng cuối năm 2022", "period": {"kind": "H2", "year": 2022},
            "basis": [{"number": "25", "symbol": "UBQG-VP", "date": "2022-11-28", "issuer": "Ủy ban Quốc gia vì sự tiến bộ của phụ nữ Việt Nam", "role": "superior_guidance"}],
            "recipients": ["Ủy ban Quốc gia VSTBCPN", "TT Tỉnh ủy, TT HĐND tỉnh", "Thành viên Ban", "Lưu: VT"],
            "signer": {"name": "Võ Thị Ví Dụ", "position": "TRƯỞNG BAN", "authority": None, "on_behalf_of": None, "concurrent_position": "PHÓ CHỦ TỊCH UBND TỈNH"},
            "tables": [],
            "indicators": [{"name": "nữ giám đốc sở", "female": 4, "total": 19, "percent_female_stated": "21,05%"}, {"name": "nữ thạc sĩ", "female": 187, "total": 402}],
            "money": [{"what": "vốn vay", "amount_vnd": 128500000000}],
            "activities": [{"what": "truyền thông", "count": 326, "participants": "gần 14.200"}],
        },
        left=("UBND TỈNH NINH THUẬN", "BAN VÌ SỰ TIẾN BỘ", "CỦA PHỤ NỮ", "Số: 07/BC-BVSTBCPN"),
        right=(*MOTTO, "Ninh Thuận, ngày 20 tháng 12 năm 2022"),
        type_line="BÁO CÁO",
        title=("Tình hình hoạt động vì sự tiến bộ của phụ nữ", "6 tháng cuối năm 2022"),
        body=(
            "Thực hiện Công văn số 25/UBQG-VP ngày 28 tháng 11 năm 2022 của Ủy ban Quốc gia vì sự tiến bộ của phụ nữ Việt Nam, Ban vì sự tiến bộ của phụ nữ tỉnh Ninh Thuận báo cáo như sau:",
            "I. KẾT QUẢ",
            "- Các cấp hội đã tổ chức 326 buổi truyền thông thu hút gần 14.200 lượt hội viên tham gia.",
            "- Giám đốc sở và tương đương là nữ: 4/19 người, chiếm 21,05%.",
            "- Toàn tỉnh có 402 thạc sĩ, trong đó nữ 187 người.",
            "- Dư nợ cho phụ nữ vay đạt 128,5 tỷ đồng.",
            "II. PHƯƠNG HƯỚNG",
            "Tiếp tục kiện toàn bộ máy./.",
        ),
        recipients=("- Ủy ban Quốc gia VSTBCPN;", "- TT Tỉnh ủy, TT HĐND tỉnh;", "- Thành viên Ban;", "- Lưu: VT."),
        sign=("TRƯỞNG BAN", "", "", "PHÓ CHỦ TỊCH UBND TỈNH", "Võ Thị Ví Dụ"),
    ),
    Sample(
        "bản quét nhận dạng xấu: mất dấu, O thành 0, l thành 1",
        {
            "issuer": {"name": "UBND xã Phì Nhừ", "level": "ward", "unit": "Xã Phì Nhừ", "parent": "Huyện Điện Biên Đông", "province": "Tỉnh Điện Biên", "code": 3208},
            "doc_type": "Báo cáo", "number": "101", "symbol": "BC-UBND", "date": "2023-11-21", "place": "Phì Nhừ",
            "title": "Kết quả công tác bình đẳng giới năm 2023",
            "basis": [{"number": "410", "symbol": "KH-UBND", "date": "2023-02-20", "issuer": "UBND huyện Điện Biên Đông", "role": "parent_plan"}],
            "recipients": ["UBND huyện", "Lưu: VT"],
            "signer": {"name": "Mùa A Thử", "position": "PHÓ CHỦ TỊCH", "authority": "KT.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [], "money": [{"what": "kinh phí", "amount_vnd": 11000000}],
            "indicators": [{"name": "phụ nữ biết chữ", "value_stated": "khoảng 87%"}],
        },
        raw="""UY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ PHÌ NHƯ               Độc lâp - Tự do - Hạnh phúc

Sô: 1O1/BC-UBND           Phì Nhừ, ngay 2l tháng 11 năm 2023

BÁO CÁO
Kết quả công tác bình đẳng giới năm 2023

Thực hiện Kê hoạch sô 41O/KH-UBND ngày 20/02/2023 của UBND huyện Điện Biên Đông vê
công tác bình đẳng giới năm 2023, UBND xã Phì Nhừ báo cáo:
- Phụ nữ trong độ tuổi biết chữ đạt khoảng 87%.
- Kinh phí: l1.000.000 đồng.
UBND xã Phì Nhừ trân trọng báo cáo./.

Nơi nhân:                 KT. CHỦ TICH
- UBND huyện;             PHÓ CHỦ TICH
- Lưu: VT.

                          Mùa A Thử
""",
        made=("txt",),
    ),
    Sample(
        "Hội Liên hiệp Phụ nữ, chương trình",
        {
            "issuer": {"name": "Hội Liên hiệp Phụ nữ xã Vĩnh Điều", "level": "ward", "unit": "Xã Vĩnh Điều", "parent": "Tỉnh An Giang", "province": "Tỉnh An Giang", "code": 30793},
            "doc_type": "Chương trình", "type_abbr": "CTr", "number": "04", "symbol": "CTr-BTV", "date": "2026-01-12", "place": "Vĩnh Điều",
            "title": "công tác Hội và phong trào phụ nữ năm 2026", "basis": [{"number": "16", "symbol": "CTr-ĐCT", "date": "2025-12-30", "issuer": "Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam"}],
            "answers": "16/CTr-ĐCT", "recipients": ["Thường trực Đảng ủy xã", "Các chi hội phụ nữ", "Lưu VP"],
            "signer": {"name": "Danh Thị Mẫu", "position": "CHỦ TỊCH", "authority": "TM.", "on_behalf_of": None},
            "tables": [], "indicators": [{"name": "hội viên được tuyên truyền", "value_stated": "ít nhất 85%"}], "money": [],
        },
        left=("ỦY BAN MTTQ VIỆT NAM XÃ VĨNH ĐIỀU", "HỘI LIÊN HIỆP PHỤ NỮ", "***", "Số: 04/CTr-BTV"),
        right=("Vĩnh Điều, ngày 12 tháng 01 năm 2026",),
        type_line="CHƯƠNG TRÌNH",
        title=("công tác Hội và phong trào phụ nữ năm 2026",),
        body=(
            "Thực hiện Chương trình số 16/CTr-ĐCT ngày 30/12/2025 của Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam, Ban Thường vụ Hội Liên hiệp Phụ nữ xã Vĩnh Điều xây dựng Chương trình công tác năm 2026 như sau:",
            "I. CHỈ TIÊU",
            "- Ít nhất 85% hội viên được tuyên truyền chủ trương, chính sách.",
            "II. TỔ CHỨC THỰC HIỆN",
            "Giao các chi hội thực hiện./.",
        ),
        recipients=("- Thường trực Đảng ủy xã;", "- Các chi hội phụ nữ;", "- Lưu VP."),
        sign=("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH", "", "Danh Thị Mẫu"),
    ),
    Sample(
        "phường, biểu nhiều chỉ tiêu, phụ lục",
        {
            "issuer": {"name": "UBND phường Đông Triều", "level": "ward", "unit": "Phường Đông Triều", "parent": "Tỉnh Quảng Ninh", "province": "Tỉnh Quảng Ninh", "code": 7093},
            "doc_type": "Báo cáo", "number": "340", "symbol": "BC-UBND", "date": "2025-12-17", "place": "Đông Triều",
            "title": "Kết quả Tháng hành động vì bình đẳng giới và phòng, chống bạo lực trên cơ sở giới năm 2025",
            "basis": [{"number": "301", "symbol": "KH-UBND", "date": "2025-10-20", "issuer": "UBND tỉnh Quảng Ninh", "role": "parent_plan"},
                      {"number": "96", "symbol": "KH-UBND", "date": "2025-11-05", "issuer": "UBND phường Đông Triều", "role": "own_plan"}],
            "recipients": ["Sở Nội vụ", "TT. ĐU, TT. HĐND phường (b/c)", "Lãnh đạo UBND phường", "Lưu: VT, VHXH"],
            "signer": {"name": "Nguyễn Văn Thử", "position": "PHÓ CHỦ TỊCH", "authority": "KT.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [
                {"no": 1, "title": "Tổ chức phát động và các hoạt động hưởng ứng, kiểm tra, giám sát",
                 "columns": ["STT", "Hoạt động", "Số cuộc/đoàn", "Số người tham gia|Nam", "Số người tham gia|Nữ", "Cấp triển khai"],
                 "rows": [[1, "Lễ phát động", 1, 112, 188, "Phường"], [2, "Tập huấn kỹ năng", 2, 40, 75, "Phường"], [3, "Giám sát", 1, None, None, "HĐND phường"]]},
                {"no": 2, "title": "Kết quả truyền thông", "columns": ["STT", "Nội dung", "Số lượng", "Thời lượng", "Cấp triển khai"],
                 "rows": [[1, "Phát thanh", "30 buổi", "15 phút/buổi", "Khu phố"]]},
                {"no": 3, "title": "Sản xuất, phát hành sản phẩm truyền thông", "columns": ["STT", "Sản phẩm", "Số lượng", "Số người tiếp cận", "Cấp triển khai"], "rows": [[None, "Không", None, None, None]]},
            ],
            "indicators": [], "money": [{"what": "ngân sách", "amount_vnd": 25000000}, {"what": "xã hội hóa", "amount_vnd": 0}],
            "activities": [{"what": "Lễ phát động", "count": 1, "male": 112, "female": 188}, {"what": "Phát thanh", "count": 30, "duration": "15 phút/buổi"}],
        },
        left=("ỦY BAN NHÂN DÂN", "PHƯỜNG ĐÔNG TRIỀU", "Số: 340/BC-UBND"),
        right=(*MOTTO, "Đông Triều, ngày 17 tháng 12 năm 2025"),
        type_line="BÁO CÁO",
        title=("Kết quả Tháng hành động vì bình đẳng giới và phòng, chống bạo lực", "trên cơ sở giới năm 2025"),
        body=(
            "Thực hiện Kế hoạch số 301/KH-UBND ngày 20/10/2025 của UBND tỉnh Quảng Ninh về Tháng hành động năm 2025; UBND phường Đông Triều đã ban hành Kế hoạch số 96/KH-UBND ngày 05/11/2025 để triển khai. "
            "UBND phường báo cáo kết quả như sau:",
            "I. KẾT QUẢ",
            "Kinh phí:",
            "a) Ngân sách nhà nước: 25.000.000 đồng.",
            "b) Kinh phí xã hội hóa: Không.",
            "II. KIẾN NGHỊ",
            "Tăng mức hỗ trợ cho cộng tác viên khu phố.",
            "Trên đây là báo cáo của UBND phường Đông Triều./.",
        ),
        recipients=("- Sở Nội vụ;", "- TT. ĐU, TT. HĐND phường (b/c);", "- Lãnh đạo UBND phường;", "- Lưu: VT, VHXH."),
        sign=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "Nguyễn Văn Thử"),
        after=(
            "PHỤ LỤC",
            "TỔNG HỢP SỐ LIỆU",
            "(Kèm theo Báo cáo số 340/BC-UBND ngày 17 tháng 12 năm 2025 của UBND phường Đông Triều)",
            "1. Tổ chức phát động và các hoạt động hưởng ứng, kiểm tra, giám sát",
            Sheet((("STT", "Hoạt động", "Số cuộc/đoàn", "Số người tham gia", "<", "Cấp triển khai"), ("^", "^", "^", "Nam", "Nữ", "^"), ("1", "Lễ phát động", "1", "112", "188", "Phường"),
                   ("2", "Tập huấn kỹ năng", "2", "40", "75", "Phường"), ("3", "Giám sát", "1", "", "", "HĐND phường")), 2),
            "2. Kết quả truyền thông",
            Sheet((("STT", "Nội dung", "Số lượng", "Thời lượng", "Cấp triển khai"), ("1", "Phát thanh", "30 buổi", "15 phút/buổi", "Khu phố"))),
            "3. Sản xuất, phát hành sản phẩm truyền thông",
            Sheet((("STT", "Sản phẩm", "Số lượng", "Số người tiếp cận", "Cấp triển khai"), ("", "Không", "", "", ""))),
        ),
    ),
    Sample(
        "trung tâm, thư mời họp, không số",
        {
            "issuer": {"name": "UBND xã Tân Yên", "level": "ward", "unit": "Xã Tân Yên"},
            "doc_type": "Giấy mời", "type_abbr": "GM", "number": "45", "symbol": "GM-UBND", "date": "2025-10-14", "place": "Tân Yên",
            "title": "Dự hội nghị triển khai công tác bình đẳng giới", "basis": [],
            "recipients": ["Như thành phần mời", "Lưu: VT"],
            "signer": {"name": "Giáp Văn Mẫu", "position": "CHÁNH VĂN PHÒNG", "authority": "TL.", "on_behalf_of": "CHỦ TỊCH"},
            "tables": [], "indicators": [], "money": [],
        },
        left=("ỦY BAN NHÂN DÂN", "XÃ TÂN YÊN", "Số: 45/GM-UBND"),
        right=(*MOTTO, "Tân Yên, ngày 14 tháng 10 năm 2025"),
        type_line="GIẤY MỜI",
        title=("Dự hội nghị triển khai công tác bình đẳng giới",),
        body=(
            "Ủy ban nhân dân xã Tân Yên trân trọng kính mời: Đại diện các phòng chuyên môn, các thôn.",
            "Thời gian: 8 giờ 00, ngày 20 tháng 10 năm 2025 (thứ Hai).",
            "Địa điểm: Hội trường UBND xã.",
            "Rất mong các đồng chí đến dự đúng thời gian, thành phần./.",
        ),
        recipients=("- Như thành phần mời;", "- Lưu: VT."),
        sign=("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "", "Giáp Văn Mẫu"),
    ),
)
