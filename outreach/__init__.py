"""What is due and what goes out: Today, the outbox and reminders."""
