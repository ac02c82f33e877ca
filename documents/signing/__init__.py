"""Signing (ký số): PAdES by the officer, then number and day, then the office's seal; what proves it years later."""
