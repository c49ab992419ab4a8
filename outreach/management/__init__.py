"""Management commands of this floor."""
