"""How much of the counts is run: a tenth or so, or all of them (`./portal test --full` sets PORTAL_FULL)."""

import os

import pytest

FULL = bool(os.environ.get("PORTAL_FULL"))
slow = pytest.mark.skipif(not FULL, reason="Takes minutes: ./portal test --full")
