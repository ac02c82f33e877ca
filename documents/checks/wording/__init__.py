"""How it is written (câu chữ): marks of numbers, spelling, numbering, words of another level."""
