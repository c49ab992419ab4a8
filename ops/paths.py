"""Where things lie: the checkout, var/, the servers' data, and the short folder of their sockets.

PostgreSQL refuses to run as root, and the postgres user cannot enter a checkout under root's home: as root
the data therefore lies under /var/lib and the sockets under /run, both owned by the postgres user.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import tempfile
from pathlib import Path

from ops.words import Problem

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()
RUN = VAR / "run"
LOGS = VAR / "log"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NAME = "partnership-portal-" + hashlib.sha256(str(VAR).encode()).hexdigest()[:8]
AS_ROOT = os.geteuid() == 0
DATA = Path("/var/lib") / NAME if AS_ROOT else VAR / "servers"
DATABASE_SOCKET = ".s.PGSQL.5432"
"""The name of PostgreSQL's socket, the longest of ours."""
LONGEST_SOCKET = 107
"""Bytes: the system's limit for the path of a Unix socket, for servers and clients alike."""


def service_user() -> str:
    """The user that the private servers run as: postgres where we are root, else ourselves."""
    return "postgres" if AS_ROOT and _exists("postgres") else pwd.getpwuid(os.geteuid()).pw_name


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())


def as_service(*words: str | Path) -> list[str]:
    """The command line that runs `words` as the service user."""
    prefix = ["runuser", "-u", service_user(), "--"] if AS_ROOT else []
    return prefix + [str(word) for word in words]


def private_folder(folder: Path) -> Path:
    """Make `folder` where it is missing, open to the service user alone (mode 0700)."""
    folder.mkdir(parents=True, exist_ok=True)
    if AS_ROOT:
        shutil.chown(folder, service_user(), service_user())
    folder.chmod(0o700)
    return folder


def sockets() -> Path:
    """The folder of the sockets, made where it is missing: short, mode 0700, and the same at each start.

    Raises Problem where a socket in it would have too long a path.
    """
    folder = _sockets_folder()
    check_length(folder / DATABASE_SOCKET)
    return private_folder(folder)


def _sockets_folder() -> Path:
    runtime = Path(f"/run/user/{os.geteuid()}")
    if AS_ROOT:
        return Path("/run") / NAME
    if runtime.is_dir() and os.access(runtime, os.W_OK):
        return runtime / NAME
    kept = RUN / "sockets"
    folder = Path(kept.read_text().strip()) if kept.exists() else None
    if folder is None or not is_ours(folder):
        folder = Path(tempfile.gettempdir()) / f"portal-{secrets.token_hex(4)}"
        check_length(folder / DATABASE_SOCKET)
        folder.mkdir(mode=0o700)
        RUN.mkdir(parents=True, exist_ok=True)
        kept.write_text(f"{folder}\n")
    return folder


def is_ours(folder: Path) -> bool:
    """Whether `folder` is a real folder of our own that nobody else may enter."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    status = folder.stat()
    return status.st_uid == os.geteuid() and status.st_mode & 0o077 == 0


def check_length(socket: Path) -> None:
    """Raise Problem where the path of `socket` is longer than the system allows."""
    length = len(os.fsencode(socket))
    if length > LONGEST_SOCKET:
        raise Problem(
            f"the socket {socket} has a path of {length} bytes, and the system allows {LONGEST_SOCKET}.",
            "Name a shorter one: TMPDIR=/tmp ./portal demo, or another PRESS_SOCKET.",
        )
