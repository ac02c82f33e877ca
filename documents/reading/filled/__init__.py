"""A blank form that was filled in (biểu đã điền), read back: its key, its cells, the draft's content."""
