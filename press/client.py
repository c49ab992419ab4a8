"""The one way to the press, for web, workers, tests and shell alike.

``render([Document(...), ...])`` gives back one ``Pdf`` or ``Refusal`` for each document, in the same order. A
preview sends one, a batch 25 to 50 at a time. ``PressUnavailable`` is raised when nobody answers; where that
happens in the middle of a batch, it brings the answers that came before, so that none of them is lost.
"""

import os
import socket
from collections import deque
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from press import wire
from press.documents import Document, Pdf, PressUnavailable, Reason, Refusal

WAIT = 25.0  # seconds for one answer, a queue in front of the press included

STOPPED = Refusal(Reason.STOPPED, "The press stopped while it made this document. Try once more.")
TOO_LARGE = Refusal(
    Reason.TOO_LARGE, "The document and its images are larger than 48 MB together. Use smaller images."
)


def render(
    documents: Sequence[Document], *, socket_path: str | None = None, wait: float = WAIT
) -> list[Pdf | Refusal]:
    """Have documents made; ``wait`` is in seconds for each, ``socket_path`` else comes from PRESS_SOCKET."""
    waiting = deque(documents)
    answers: list[Pdf | Refusal] = []
    try:
        while waiting:
            with closing(_connect(socket_path, wait)) as connection:
                last = False
                while waiting and not last:
                    answer, last = _ask(connection, waiting.popleft(), wait)
                    answers.append(answer)
    except PressUnavailable as away:
        away.answers = answers
        raise
    return answers


def status(*, socket_path: str | None = None, wait: float = WAIT) -> dict[str, Any]:
    """Return how the press runs: ``network`` ("none" or "shared") and ``weasyprint`` (its version)."""
    with closing(_connect(socket_path, wait)) as connection:
        try:
            wire.send(connection, {"status": True})
            return wire.receive(connection)[0]
        except (OSError, wire.Closed) as error:
            raise PressUnavailable(_no_answer(wait)) from error


def _ask(connection: socket.socket, document: Document, wait: float) -> tuple[Pdf | Refusal, bool]:
    try:
        wire.send(connection, *wire.pack_document(document))
        return wire.unpack_answer(*wire.receive(connection))
    except wire.TooLarge:
        return TOO_LARGE, True
    except TimeoutError as error:
        raise PressUnavailable(_no_answer(wait)) from error
    except (OSError, wire.Closed):
        return STOPPED, True


def _connect(socket_path: str | None, wait: float) -> socket.socket:
    path = socket_path or os.environ.get("PRESS_SOCKET", "")
    if not path:
        raise PressUnavailable("PRESS_SOCKET is not set. It names the Unix socket of the press.")
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(wait)
    try:
        connection.connect(path)
    except OSError as error:
        connection.close()
        raise PressUnavailable(
            f"The press does not answer at {path}. Start it with: PRESS_SOCKET={path} python -m press"
        ) from error
    return connection


def _no_answer(wait: float) -> str:
    return f"The press did not answer within {wait:.0f} seconds. It may be busy; try once more in a minute."
