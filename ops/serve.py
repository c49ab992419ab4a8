"""`up` and `demo`: from whatever state the checkout is in to a portal that answers, and back to nothing."""

import contextlib
import http.client
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ops import ports, prepare, servers, state
from ops.paths import LOGS
from ops.shell import tail
from ops.supervisor import Supervisor, processes
from ops.words import Problem, say
from press import client
from press.documents import PressUnavailable

SECONDS_TO_START = 90


def serve(*, mode: str, port: int, command: str) -> None:
    """Serve until Ctrl-C or `./portal stop`; `command` is the word that the user typed."""
    with portal(mode=mode, port=port, command=command) as supervisor:
        say(f"the portal runs at http://localhost:{port}  (stop it with Ctrl-C)")
        if mode == "demo":
            say("sign in as staff, principal, coordinator, preparer or viewer: one click, no password.")
        supervisor.watch()
        say("stopping")


@contextlib.contextmanager
def portal(*, mode: str, port: int, command: str) -> Iterator[Supervisor]:
    """Everything set up, and the portal answering at the port within the block."""
    with state.held():
        ports.must_be_free(port, command)
        prepare.programs()
        with servers.running():
            servers.MODE_FILE.write_text(f"{mode}\n")
            env = servers.environment(mode=mode, port=port)
            prepare.everything(env)
            if mode == "demo":
                prepare.load_demo(env)
            with _supervised(env, mode, port) as supervisor:
                yield supervisor


@contextlib.contextmanager
def _supervised(env: Mapping[str, str], mode: str, port: int) -> Iterator[Supervisor]:
    supervisor = Supervisor(processes(port), env, lambda pids: state.write(port, mode, pids))
    try:
        supervisor.start()
        _wait_for(supervisor, port, _host(env), Path(env["PRESS_SOCKET"]))
        yield supervisor
    finally:
        supervisor.stop()


def _host(env: Mapping[str, str]) -> str:
    """A host name that the web answers to: the first of ALLOWED_HOSTS."""
    return env.get("ALLOWED_HOSTS", "").split(",")[0].lstrip("*.") or "localhost"


def _wait_for(supervisor: Supervisor, port: int, host: str, socket: Path) -> None:
    """Wait until web and press answer. Raises Problem where they do not, KeyboardInterrupt at Ctrl-C."""
    end = time.monotonic() + SECONDS_TO_START
    silent = ["press", "web"]
    while silent:
        if time.monotonic() > end:
            log = LOGS / f"{silent[0]}.log"
            raise Problem(
                f"{silent[0]} does not answer after {SECONDS_TO_START} seconds; the end of {log}:\n"
                + tail(log),
                "Look into the logs beside that one; ./portal doctor may know more.",
            )
        if supervisor.watch(0.2):
            raise KeyboardInterrupt
        answers = {"press": _press_answers(socket), "web": _web_answers(port, host)}
        silent = [name for name, answer in answers.items() if not answer]


def _press_answers(socket: Path) -> bool:
    """Whether the press answers: its socket is there before it is warm, or since another one was killed."""
    try:
        client.status(socket_path=str(socket), wait=1)
    except PressUnavailable:
        return False
    return True


def _web_answers(port: int, host: str) -> bool:
    """Whether the web answers; a redirect is an answer, too."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
        try:
            line.request("GET", "/help/", headers={"Host": host})
            return line.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
