"""The `./portal` script: sets the portal up, starts and stops it, and runs its tests.

Standard library only, since it runs before there is a .venv. Its own words go to stderr.
"""
