"""What a sentence says in numbers (số liệu trong câu), against itself: sums, products, changes, both ends, goals."""
