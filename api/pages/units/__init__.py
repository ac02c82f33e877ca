"""Đơn vị: the tree as of a day, people and mandates, files in and out."""
