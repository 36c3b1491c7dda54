"""What is known about a contact as of a day."""
