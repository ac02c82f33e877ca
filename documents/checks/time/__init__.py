"""Days and years (ngày, năm, thời hạn): against the calendar, against each other, against the paper's own period."""
