"""What Excel itself says while a blank form is filled in (kiểm tra dữ liệu); a paste goes past it."""

from typing import Any

from documents.forms import Column


def rule_of(one: Column) -> dict[str, Any]:
    """What Excel says when a cell of this column is filled in; a paste goes past it, so reading checks again."""
    about = {"ignore_blank": True, "input_title": one.name[:32]}
    if one.type in ("text", "duration"):
        return {**about, "validate": "length", "criteria": "<=", "value": 500, "input_message": "Ghi bằng chữ.",
                "error_title": "Quá dài", "error_message": "Ô này ghi không quá 500 chữ."}  # fmt: skip
    if one.type == "percent":
        return {**about, "validate": "decimal", "criteria": "between", "minimum": -100 if one.signed else 0,
                "maximum": 100, "error_type": "warning", "error_title": "Không phải tỷ lệ phần trăm",
                "input_message": "Ghi số phần trăm, không ghi dấu %: 33,5 nghĩa là 33,5 %.",
                "error_message": "Ô này ghi số phần trăm từ 0 đến 100. " + _ANYWAY}  # fmt: skip
    unit = f" ({one.unit})" if one.unit else ""
    return {**about, "validate": "integer", "criteria": ">=", "value": -(10**15) if one.signed else 0,
            "input_message": f"Ghi số nguyên{unit}. Chưa có số liệu thì để trống; không phát sinh thì ghi 0.",
            "error_type": "warning", "error_title": "Không phải số nguyên",
            "error_message": "Ô này ghi số nguyên từ 0 trở lên, không ghi đơn vị. " + _ANYWAY}  # fmt: skip


_ANYWAY = "Nếu là số chưa chính xác («trên 540», «khoảng 12») thì bấm Có (Yes) để giữ."
LABEL: dict[str, Any] = {
    "validate": "length", "criteria": "<=", "value": 500, "error_title": "Quá dài",
    "error_message": "Ô này ghi không quá 500 chữ.",
}  # fmt: skip
