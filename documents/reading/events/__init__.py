"""Events and who came (cuộc, lớp, buổi): in sentences, in tables, for the rows of a form."""
