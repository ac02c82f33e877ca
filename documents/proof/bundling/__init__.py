"""Making a bundle (lập gói chứng minh): all that an inspector needs of one document, in one file."""
