"""What sentences say in numbers (số liệu trong câu): against themselves, against lists and tables that say it again."""
