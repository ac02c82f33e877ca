"""Other papers that this one names (căn cứ, viện dẫn): whole, dated rightly, in force, older than what follows them."""
