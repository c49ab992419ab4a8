"""Management commands: districts, schools, invitations."""
