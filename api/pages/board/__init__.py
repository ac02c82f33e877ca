"""Bảng theo dõi: who is late and where the paper lies; the tile map, the second board, the plan tree, live."""
