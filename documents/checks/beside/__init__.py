"""Text beside tables and lists (lời văn với bảng, danh sách): one thing told in both, so many items told and listed."""
