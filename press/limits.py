"""What a child of the press may use: memory, time, files, privileges, network. Linux only."""

import ctypes
import os
import resource
import signal
import socket

MEMORY = 768 * 1024 * 1024  # bytes of address space, the parent's warm pages included
SECONDS = 8.0  # of wall time for one document, from its first byte
CPU_SECONDS = 6.0  # of processor time for one document, likewise
CHILD_CPU = 40  # seconds of processor time for all documents of one child: a backstop

PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWNET = 0x40000000
CLONE_NEWUSER = 0x10000000
LIBC = ctypes.CDLL(None, use_errno=True)


def limit_child() -> None:
    """Take from this process what making a document does not need; cannot be undone.

    Writing to a file fails and does not end the process, as Python ignores SIGXFSZ: its own warnings may go
    to a log that is a file.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_CPU, CHILD_CPU))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for number in (signal.SIGALRM, signal.SIGPROF, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


def arm() -> None:
    """Start the clock for one document: the kernel ends this process when it runs out."""
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)


def disarm() -> None:
    """Stop the clock."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.setitimer(signal.ITIMER_PROF, 0)


def leave_network() -> None:
    """Move this process into a network of its own, which has no way out, where the system allows it.

    As root that is one call; otherwise it takes a user namespace, in which the process keeps its own user id.
    """
    user, group = os.getuid(), os.getgid()
    if LIBC.unshare(CLONE_NEWNET) == 0 or LIBC.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return
    for name, line in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(line)


def network() -> str:
    """Return "none" where this process sees no interface but an unused loopback, else "shared"."""
    names = {name for _, name in socket.if_nameindex()}
    if names - {"lo"}:
        return "shared"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("127.0.0.1", 9))
        except OSError:
            return "none"
    return "shared"
