"""Enquiries and their way through the funnel."""
