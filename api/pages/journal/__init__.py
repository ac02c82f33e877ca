"""Nhật ký and Ngoại lệ: who did what, and what was out of the ordinary."""
