"""Each kind of file (dạng tệp) as lines, tables and pages: Word, PDF, spreadsheets, plain texts, mails."""
