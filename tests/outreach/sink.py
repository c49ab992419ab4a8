"""A mail server on loopback that keeps Message-IDs, in threads of its own, and can misbehave."""

import re
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.MULTILINE | re.IGNORECASE)
Manners = Callable[[int], str]


class Sink(socketserver.ThreadingTCPServer):
    """What arrived, in order.

    `manners` gives, for the n-th message that is announced: "" to take it, an SMTP answer such as
    "451 Later", "drop before" the go-ahead, or "drop after" the message was taken. `delay` is in seconds.
    """

    daemon_threads = True
    block_on_close = True
    allow_reuse_address = True

    def __init__(self, manners: Manners, delay: float) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.manners, self.delay = manners, delay
        self.port: int = self.server_address[1]
        self.arrived: list[str] = []
        self.announced = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that is killed breaks its connection: no news here."""

    def wait_for(self, count: int, somebody_sends: Callable[[], bool]) -> None:
        """Until so many messages have arrived, or nobody sends any more."""
        while len(self.arrived) < count and somebody_sends():
            time.sleep(0.002)


class Talk(socketserver.StreamRequestHandler):
    """One connection."""

    server: Sink
    timeout = 30

    def handle(self) -> None:
        self.say("220 sink")
        while verb := self.rfile.readline()[:4].upper().strip():
            if verb == b"DATA":
                if not self.take():
                    return
            else:
                self.say("221 Bye" if verb == b"QUIT" else "250 OK")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def take(self) -> bool:
        """Take a message, or not; False where the connection is to break."""
        self.server.announced += 1
        manner = self.server.manners(self.server.announced)
        if manner == "drop before":
            return False
        self.say("354 Go ahead")
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            content += line
        time.sleep(self.server.delay)
        if manner not in ("", "drop after"):
            self.say(manner)
            return True
        match = MESSAGE_ID.search(content)
        self.server.arrived.append(match[1].decode() if match else "")
        if manner == "drop after":
            return False
        self.say("250 Taken")
        return True


@contextmanager
def sink(manners: Manners = lambda n: "", delay: float = 0.0) -> Iterator[Sink]:
    """A server for the length of a block."""
    with Sink(manners, delay) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join(5)
