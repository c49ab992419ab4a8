"""Tests in a real browser, against the portal's real processes, as the application's database role."""
