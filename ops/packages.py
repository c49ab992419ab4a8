"""The system's packages: which are missing, and how they come in (ops/install-packages does the work)."""

import subprocess

from ops.paths import ROOT
from ops.words import Problem

INSTALLER = ROOT / "ops" / "install-packages"


def missing(*, tests: bool) -> list[str]:
    """The names of the system packages that are missing; `tests` asks for those of the tests, too."""
    words = [str(INSTALLER), *(["--tests"] if tests else []), "--missing"]
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout.split()


def ensure(*, tests: bool) -> None:
    """Install the missing system packages as root or through sudo; the installer says who can otherwise."""
    if not missing(tests=tests):
        return
    words = [str(INSTALLER), *(["--tests"] if tests else []), "--with-rights"]
    if subprocess.run(words, check=False).returncode:
        raise SystemExit(1)
    if left := missing(tests=tests):
        raise Problem(
            f"these system packages are still missing after their installation: {', '.join(left)}.",
            "Install them by hand (apt-get install), then run this again.",
        )
