"""Single links of the source that were corrected or are doubted, each with its reason.

Found by holding the source against two other lists: the map site of the 2025 rearrangement, whose clauses say
"the rest, after a part went to X", and the statistics office's conversion table. Reasons are in Vietnamese,
since officers read them. What both other lists and the source agree on is not here.
"""

# (old code, new code), to take out. Thị trấn Thủ Thừa is no part of Xã Nhựt Tảo: clause 52 of Article 1 of
# Nghị quyết 1682/NQ-UBTVQH15 has "the rest of Xã Nhị Thành", the source read a fragment of it as a town.
NOT_SUCCESSORS = {("28036", "28087")}

# (old code, new code), to add. The clause for Xã Tiến Thắng says that a part of Xã Văn Khê went to Xã Ô Diên.
ALSO_SUCCESSORS = {("09013", "09817")}

DOUBTS = {
    ("00607", "09817"): "Điều khoản của Xã Ô Diên cho biết một phần Phường Tây Tựu còn vào Phường Đông Ngạc; "
    "các danh sách khác không ghi.",
    ("09013", "09817"): "Chỉ suy từ điều khoản của Xã Tiến Thắng và bảng chuyển đổi của cơ quan thống kê.",
    ("23053", "23041"): "Bảng chuyển đổi của cơ quan thống kê không ghi phần này.",
}
UNDECIDED = "Trùng tên với một xã khác trong cùng tỉnh mới; chưa phân định được."
