"""Soạn: the drafting page, from the form's sections to the working copy."""
