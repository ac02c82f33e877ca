"""Kế hoạch: the list, a new plan by form, a deadline moved for all."""
