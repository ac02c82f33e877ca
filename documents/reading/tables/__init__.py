"""Tables (bảng, biểu): made square, named by their captions, laid against the form."""
