"""Pages of the directory, by subject; each opens with the scoped getter of accounts/access.py."""
