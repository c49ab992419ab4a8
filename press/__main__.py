"""``python -m press``: serve at the Unix socket that PRESS_SOCKET names, until told to stop.

The process first starts itself again with an empty environment, so that no key or password of the portal is
in its memory, and leaves the network where the system allows that.
"""

import gc
import logging
import os
import sys
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).parent


def main(arguments: list[str]) -> NoReturn:
    """Start again without environment, then serve."""
    if not arguments:
        path = os.environ.get("PRESS_SOCKET", "")
        if not path:
            sys.exit("PRESS_SOCKET is not set. Set it to the path of the socket, for example var/press.sock.")
        os.chdir(HERE.parent)
        command = [sys.executable, "-m", "press", os.path.abspath(path)]
        os.execve(sys.executable, command, {"FONTCONFIG_FILE": str(HERE / "fonts" / "fonts.conf")})
    serve(arguments[0])


def serve(path: str) -> NoReturn:
    """Open the socket, leave the network, warm up, and answer."""
    log = logging.getLogger("press")
    log.addHandler(logging.StreamHandler())
    log.setLevel(logging.INFO)
    from press import limits

    limits.leave_network()
    from press.engine import Engine
    from press.server import CannotServe, Server, open_socket

    os.environ.clear()
    try:
        listener = open_socket(path)
    except CannotServe as error:
        sys.exit(str(error))
    server = Server(listener, Engine())
    gc.collect()
    gc.freeze()  # a child's collector would touch, and so copy, all that it shares with this process
    log.info("The press is ready at %s (network: %s)", path, limits.network())
    try:
        server.run()
    finally:
        os.unlink(path)


if __name__ == "__main__":
    main(sys.argv[1:])
