"""How cells look (kiểu ô): named looks that all our sheets share; the font is the one of Nghị định 30/2020/NĐ-CP."""

from typing import Any

FONT: dict[str, Any] = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": "#8A8F98"}
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "issuer": {"align": "center"},
    "issuer-own": {"align": "center", "bold": True, "underline": 1},
    "motto": {"align": "center", "bold": True},
    "motto-own": {"align": "center", "bold": True, "underline": 1},
    "title": {"align": "center", "bold": True, "font_size": 14, "text_wrap": True},
    "under": {"align": "center", "italic": True, "text_wrap": True},
    "note": {"text_wrap": True, "valign": "top"},
    "head": {**_BOX, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EBF4"},
    "cell": {**_BOX, "text_wrap": True, "indent": 1},
    "center": {**_BOX, "align": "center"},
    "digest": {**_BOX, "font_name": "Courier New", "font_size": 8},
    "day": {**_BOX, "align": "center", "num_format": "dd/mm/yyyy"},
    "moment": {**_BOX, "align": "center", "num_format": "dd/mm/yyyy hh:mm:ss"},
    "line": {**_BOX, "indent": 1},
    "count": {**_BOX, "align": "center", "num_format": "#,##0"},
    "number": {**_BOX, "align": "right", "num_format": "#,##0"},
    "fraction": {**_BOX, "align": "right", "num_format": "#,##0.0####"},
    "silent": {**_BOX, "align": "right", "font_color": "#6B7280"},
    "bound": {**_BOX, "align": "right", "text_wrap": True},
    "none": {**_BOX, "pattern": 14, "fg_color": "#C9CDD6", "bg_color": "#F4F5F8"},
    "gap": {**_BOX, "indent": 1, "italic": True, "font_color": "#9F1239", "pattern": 14, "fg_color": "#F3B9BD",
            "bg_color": "#FDECEA"},
    "let-off": {**_BOX, "indent": 1, "italic": True, "font_color": "#4B5563", "pattern": 14, "fg_color": "#D5D9E0",
                "bg_color": "#F4F5F8"},
    "late": {**_BOX, "indent": 1, "text_wrap": True, "bold": True, "font_color": "#9F1239", "bg_color": "#FDECEA"},
}  # fmt: skip
