"""Letters from a principal to new and existing partners, kept as signed."""
