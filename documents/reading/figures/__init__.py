"""Numbers in sentences (số liệu trong câu): amounts, money, what each number counts and what it is called."""
