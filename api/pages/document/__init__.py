"""Văn bản: one document, its paper, its life and what may be done with it; the queues; comparing."""
