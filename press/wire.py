"""How documents and answers travel over the socket: a JSON head of known length, then raw bytes.

A message is two big-endian 32-bit lengths (head and body), the head, and the body. Nothing is unpickled or
evaluated, so neither side has to trust the other.
"""

import json
import socket
import struct
from typing import Any

from press.documents import Document, Pdf, Reason, Refusal

LENGTHS = struct.Struct("!II")
LARGEST_HEAD = 64 * 1024
LARGEST_BODY = 48 * 1024 * 1024


class Closed(Exception):
    """The other side closed the connection before a whole message had come."""


class TooLarge(Exception):
    """A message is longer than the press takes."""


def send(connection: socket.socket, head: dict[str, Any], body: bytes = b"") -> None:
    """Send one message."""
    packed = json.dumps(head).encode()
    if len(packed) > LARGEST_HEAD or len(body) > LARGEST_BODY:
        raise TooLarge
    connection.sendall(LENGTHS.pack(len(packed), len(body)) + packed + body)


def wait(connection: socket.socket) -> None:
    """Return once a message has begun to come, without taking any of it."""
    if not connection.recv(1, socket.MSG_PEEK):
        raise Closed


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Wait for one message and return its head and body."""
    head_length, body_length = LENGTHS.unpack(_exactly(connection, LENGTHS.size))
    if head_length > LARGEST_HEAD or body_length > LARGEST_BODY:
        raise TooLarge
    return json.loads(_exactly(connection, head_length)), _exactly(connection, body_length)


def _exactly(connection: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = connection.recv(min(size, 1 << 16))
        if not part:
            raise Closed
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def pack_document(document: Document) -> tuple[dict[str, Any], bytes]:
    """Return head and body of a document on its way to the press."""
    html = document.html.encode()
    head = {
        "title": document.title,
        "lang": document.lang,
        "stylesheet": document.stylesheet,
        "brand": document.brand,
        "pages": document.pages,
        "html": len(html),
        "assets": [[name, len(content)] for name, content in document.assets.items()],
    }
    return head, b"".join([html, *document.assets.values()])


def unpack_document(head: dict[str, Any], body: bytes) -> Document:
    """Return the document that head and body describe."""
    place = head["html"]
    assets = {}
    for name, size in head["assets"]:
        assets[name] = body[place : place + size]
        place += size
    return Document(
        html=body[: head["html"]].decode(),
        title=head["title"],
        lang=head["lang"],
        stylesheet=head["stylesheet"],
        brand=head["brand"],
        pages=head["pages"],
        assets=assets,
    )


def pack_answer(answer: Pdf | Refusal, *, last: bool) -> tuple[dict[str, Any], bytes]:
    """Return head and body of an answer; ``last`` says that this connection takes no further document."""
    if isinstance(answer, Pdf):
        return {"pages": answer.pages, "last": last}, answer.content
    told = {"reason": answer.reason.value, "words": answer.words, "about": answer.about}
    return {**told, "last": last}, b""


def unpack_answer(head: dict[str, Any], body: bytes) -> tuple[Pdf | Refusal, bool]:
    """Return the answer and whether it is the connection's last."""
    if "reason" in head:
        return Refusal(Reason(head["reason"]), head["words"], head["about"]), head["last"]
    return Pdf(body, head["pages"]), head["last"]
