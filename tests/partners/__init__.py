"""The directory: import, search, records and pages."""
