"""The demo is loaded before its processes start: where no press answers yet, one runs for the while."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from press import client
from press.documents import PressUnavailable


@contextmanager
def press_at_hand() -> Iterator[None]:
    """A press that answers within the block: the one that runs, else one of our own."""
    try:
        client.status(wait=5)
    except PressUnavailable:
        with _own_press():
            yield
    else:
        yield


@contextmanager
def _own_press() -> Iterator[None]:
    usual = os.environ.get("PRESS_SOCKET")
    with tempfile.TemporaryDirectory(prefix="press-") as folder:
        os.environ["PRESS_SOCKET"] = os.path.join(folder, "press.sock")
        press = subprocess.Popen([sys.executable, "-m", "press"], stderr=subprocess.PIPE, text=True)
        try:
            _wait_until_ready(press)
            yield
        finally:
            press.terminate()
            press.communicate()
            os.environ.pop("PRESS_SOCKET")
            if usual is not None:
                os.environ["PRESS_SOCKET"] = usual


def _wait_until_ready(press: subprocess.Popen[str]) -> None:
    """Read what the press says until it serves. Raises PressUnavailable where it ends first."""
    assert press.stderr is not None
    said = []
    for line in press.stderr:
        said.append(line)
        if "ready at" in line:
            return
    raise PressUnavailable("".join(said) or "The press did not start.")
