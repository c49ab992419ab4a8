"""One connection's work, in a process of its own that is limited first and never returns."""

import gc
import os
import socket
import time
from typing import Any, NoReturn

from press import engine, limits, wire
from press.documents import Pdf, Reason, Refusal, Refused

DOCUMENTS = 50
LIFETIME = 20.0  # seconds after which a child takes no further document
IDLE = 10.0  # seconds that a child waits for its client
GARBAGE = (
    50_000  # objects made between two collections: a letter makes about as many, and a child few letters
)

NO_MEMORY = Refusal(
    Reason.MEMORY,
    "The document needs more memory than one may have. Does it hold a very large table or image?",
)
TOO_DEEP = Refusal(Reason.TOO_LARGE, "The document is nested too deeply.")
BROKEN = "The document could not be laid out ({error})."


def serve(connection: socket.socket, press: engine.Engine) -> NoReturn:
    """Answer the documents of one connection, then leave at once.

    ``os._exit``, since an ordinary exit would run the font configuration's destructor, which deletes the font
    folder that the parent and all other children use.
    """
    code = 1
    try:
        limits.limit_child()
        gc.set_threshold(GARBAGE)
        connection.settimeout(IDLE)
        _serve(connection, press)
        code = 0
    except (wire.Closed, OSError):
        code = 0
    finally:
        os._exit(code)


def _serve(connection: socket.socket, press: engine.Engine) -> None:
    end = time.monotonic() + LIFETIME
    for n in range(1, DOCUMENTS + 1):
        wire.wait(connection)
        limits.arm()
        head, body = wire.receive(connection)
        if "status" in head:
            wire.send(connection, {"network": limits.network(), "weasyprint": engine.VERSION})
            return
        answer = _answer(head, body, press)
        limits.disarm()
        spent = isinstance(answer, Refusal) and answer.reason is Reason.MEMORY
        last = spent or n == DOCUMENTS or time.monotonic() > end
        wire.send(connection, *wire.pack_answer(answer, last=last))
        if last:
            return


def _answer(head: dict[str, Any], body: bytes, press: engine.Engine) -> Pdf | Refusal:
    try:
        return press.make(wire.unpack_document(head, body))
    except Refused as refused:
        return refused.refusal
    except MemoryError:
        return NO_MEMORY
    except RecursionError:
        return TOO_DEEP
    except Exception as error:
        return Refusal(Reason.STOPPED, BROKEN.format(error=type(error).__name__))
