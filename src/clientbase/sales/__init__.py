"""Sales, their lines and refunds, and products."""
