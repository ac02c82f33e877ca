"""Days and years in a text (thời hạn, ngày, năm): against each other and against the paper's own."""
