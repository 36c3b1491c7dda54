"""The file: opening it, writing to it, its journal and its settings."""
