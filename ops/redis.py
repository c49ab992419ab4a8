"""The private Redis: the queue's broker and the cache, on a Unix socket alone, with nothing on disk."""

import contextlib
import socket
from pathlib import Path

from ops.paths import AS_ROOT, DATA, LOGS, as_service, private_folder, sockets
from ops.shell import Line, run, soon, tail
from ops.words import Problem

LOG = (DATA if AS_ROOT else LOGS) / "redis.log"


def socket_path() -> Path:
    """The path of the server's socket."""
    return sockets() / "redis.sock"


def url() -> str:
    """The address of the server for the portal's settings."""
    return f"unix://{socket_path()}?db=0"


def start() -> None:
    """Start the server where it is down."""
    if is_running():
        return
    private_folder(DATA)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    words: Line = ["redis-server", "--port", "0", "--unixsocket", socket_path(), "--unixsocketperm", "700"]
    words += ["--daemonize", "yes", "--save", "", "--appendonly", "no", "--dir", DATA, "--logfile", LOG]
    run(as_service(*words), what="starting Redis")
    if not soon(is_running):
        raise Problem(f"Redis did not start; the end of {LOG}:\n{tail(LOG)}", "Mend it, then run this again.")


def stop() -> None:
    """Stop the server; what is in it is not kept."""
    if is_running():
        _say("SHUTDOWN NOSAVE")
        soon(lambda: not is_running())


def is_running() -> bool:
    """Whether the server answers on its socket."""
    return _say("PING") == "+PONG"


def _say(command: str) -> str:
    """Send one command and return the answer's first line, empty where nobody answers."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(2)
        line.connect(str(socket_path()))
        line.sendall(command.encode() + b"\r\n")
        return line.recv(200).decode(errors="replace").split("\r\n")[0]
    return ""
