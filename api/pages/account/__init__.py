"""One's own account and settings, and the administrator's list of accounts."""
