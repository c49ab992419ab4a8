"""The demo district: invented people and organizations, dated relative to today, the same each time."""
