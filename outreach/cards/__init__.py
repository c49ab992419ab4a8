"""What waits for people on Today, registered when this app is loaded (outreach/apps.py)."""
