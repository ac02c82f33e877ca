"""Proof (chứng minh): one file that shows years later what a document says, who signed it, and what it was made of."""
