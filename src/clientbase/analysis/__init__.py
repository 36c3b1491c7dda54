"""Reports: one file a report."""
