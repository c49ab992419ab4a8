"""The partner directory: organizations, contacts, services, partnerships and their import."""
