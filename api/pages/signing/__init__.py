"""Chữ ký số: by a token in two steps, the certificates of a unit and of oneself, what is said about them."""
