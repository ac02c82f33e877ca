"""Rows of tables (dòng trong bảng): their sums, numbers and names."""
