"""Tables in themselves (bảng): what columns and rows mean, their sums, rates, numbers and names."""
