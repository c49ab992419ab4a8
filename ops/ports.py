"""The web's address on this machine: whether a port is free, and who holds one that is not."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

from ops.words import Problem

USUAL = 8000
HOSTS = ("127.0.0.1", "::1")
"""Loopback alone; localhost may mean either."""


def addresses(port: int) -> list[str]:
    """What the web server binds to, as HOST:PORT: loopback, with IPv6's where the machine has it."""
    return [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host in HOSTS if _has(host)]


def any_free() -> int:
    """The number of a port that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def must_be_free(port: int, command: str) -> None:
    """Raise Problem, with the holder's name, where somebody else listens at the port."""
    if all(_free(host, port) for host in HOSTS if _has(host)):
        return
    raise Problem(
        f"port {port} is taken{_by(holder(port))}.",
        f"Stop that program, or choose another port: ./portal {command} --port {port + 1}",
    )


def holder(port: int) -> str:
    """The name and number of the program that listens at the port, as far as we may see; else empty."""
    sockets = _listening(port)
    for program in Path("/proc").glob("[0-9]*"):
        if sockets & set(_open_files(program)):
            with contextlib.suppress(OSError):
                return f"{(program / 'comm').read_text().strip()} (process {program.name})"
    return ""


def _open_files(program: Path) -> Iterator[str]:
    """What the open files of a process are, as far as we may see; files may close while we look."""
    with contextlib.suppress(OSError):
        for handle in (program / "fd").iterdir():
            with contextlib.suppress(OSError):
                yield str(handle.readlink())


def _by(who: str) -> str:
    return f" by {who}" if who else ""


def _has(host: str) -> bool:
    """Whether the machine has this loopback address."""
    return _free(host, 0)


def _free(host: str, port: int) -> bool:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True


def _listening(port: int) -> set[str]:
    """The sockets that listen at the port, spelled as /proc/PID/fd spells them."""
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        with contextlib.suppress(OSError):
            for line in table.read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                    found.add(f"socket:[{fields[9]}]")
    return found
