"""Signing in and out: passwords, sample people, an identity provider, codes, the office one acts in."""
