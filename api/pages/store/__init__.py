"""Kho: documents found again."""
