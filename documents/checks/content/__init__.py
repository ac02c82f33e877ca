"""Content as a form takes it (nội dung theo biểu mẫu): cells, sums and shares, people, what a plan and a total need."""
