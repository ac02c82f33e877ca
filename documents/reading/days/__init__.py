"""Days (ngày, kỳ, thời hạn): dates, the period a paper speaks of, deadlines."""
