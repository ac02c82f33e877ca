"""What things are called (tên gọi): the issuer, units of that day, bodies that are no more, programmes."""
