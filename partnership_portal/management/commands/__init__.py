"""Management commands of the top floor: the demo."""
