"""What goes in and out, by subject: tables don't validate, these do."""
