"""The kinds of mail of this app, registered when it is loaded (outreach/apps.py)."""
