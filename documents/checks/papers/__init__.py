"""What the rules look at (một văn bản dưới mắt người kiểm tra): one type, made of a draft, of a file or of a total."""
