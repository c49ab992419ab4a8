"""What the pages of decisions show: one read a page, each with its query count in a test."""
