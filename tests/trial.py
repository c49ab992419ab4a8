"""Public data to try the portal on, which is not part of the project: tests that need it skip without it."""

import os
from pathlib import Path

import pytest

TRIAL = Path(os.environ.get("PORTAL_TRIAL_DATA", "../shared/data"))
OHANA = TRIAL / "hsds-data" / "ohana-sample-csv"


def trial(path: Path) -> Path:
    """A file or folder of the trial data, for a test that can't do without."""
    if not path.exists():
        pytest.skip(f"The trial data is not here ({path}).")
    return path
