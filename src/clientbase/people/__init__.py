"""Contacts and what belongs to them."""
