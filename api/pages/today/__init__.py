"""Hôm nay: what waits for me, what my unit owes, what changed."""
