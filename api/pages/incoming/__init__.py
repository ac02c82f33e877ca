"""Nhận văn bản: files that come in, read beside their picture, put right by an officer, and what becomes of them."""
