"""The rules of the careful officer, for everybody to read."""
