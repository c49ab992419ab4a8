"""Management commands: the outbox."""
