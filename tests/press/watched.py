"""A press that tells what its children do: ``python -m tests.press.watched FD [careless]``.

It serves as the press does, and writes lines of JSON to the file descriptor FD: each child that begins, each
file or socket that an audit hook sees a child ask for, and how and when each child ended. With
``careless`` the press's own guards are gone, to show that the watchers see what it would do without them.
"""

import json
import logging
import os
import sys

from press import child, server
from press.__main__ import serve

AUDITED = (
    "open",
    "os.",
    "socket.",
    "subprocess.",
    "shutil.",
    "tempfile.",
    "glob.",
    "urllib.",
    "import",
    "ctypes.dlopen",
)
TOLD = ("ended", "how", "seconds", "processor", "megabytes")  # what server.ENDED holds
PRESS = os.getpid()
FD = int(sys.argv[1])


def tell(**what: object) -> None:
    os.write(FD, json.dumps(what).encode() + b"\n")


def hook(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(AUDITED) and os.getpid() != PRESS:
        tell(pid=os.getpid(), event=f"{event} {arguments!r:.500}")


class TellEnd(logging.Handler):
    """Passes on what the press's log says of a child that ended."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg == server.ENDED:
            tell(**dict(zip(TOLD, record.args, strict=True)))


def take_guards_away() -> None:
    import weasyprint

    from press import check, engine

    class Careless(engine.AssetFetcher):
        def __call__(self, url: str) -> object:
            return super().__call__(url) if url.startswith("asset:") else weasyprint.urls.URLFetcher()(url)

    engine.AssetFetcher = Careless
    check.check_tree = lambda *given: None


def main() -> None:
    server.log = logging.Logger("told")
    server.log.addHandler(TellEnd())
    serve_child = child.serve

    def told(*given: object) -> None:
        tell(child=os.getpid())
        serve_child(*given)

    child.serve = told
    if "careless" in sys.argv:
        take_guards_away()
    sys.addaudithook(hook)
    serve(os.environ["PRESS_SOCKET"])


main()
