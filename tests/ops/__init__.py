"""What `./portal` does when something is in its way."""
