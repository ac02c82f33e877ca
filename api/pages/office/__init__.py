"""The office's own things: forms, calendar, registers, automatic runs."""
