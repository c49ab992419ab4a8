"""Management commands: the register."""
