"""Bảng tổng hợp: consolidated tables, where a cell comes from, stale totals."""
