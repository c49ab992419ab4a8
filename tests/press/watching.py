"""Documents through a press whose children are watched, by an audit hook inside and by strace outside."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from press import client
from press.documents import Document, Pdf, Refusal
from press.engine import HERE
from tests.press.running import start

TRACED = "trace=%file,socket,socketpair,connect,bind,listen"
CALL = re.compile(r"(\d+) +(\w+\(.*)")


@dataclass(frozen=True)
class Seen:
    """The answer to one document, each file or socket that either watcher saw its child ask for, and how many
    seconds the child lived."""

    answer: Pdf | Refusal
    audited: list[str]
    traced: list[str]
    seconds: float


def need_tracing() -> None:
    """Fail where strace cannot watch and the tests must be whole (REQUIRE_E2E); else skip, and say why."""
    why = why_not_traced()
    if why and os.environ.get("REQUIRE_E2E"):
        pytest.fail(why, pytrace=False)
    elif why:
        pytest.skip(why)


def why_not_traced() -> str:
    """In plain words what keeps strace from watching a process; nothing where it can."""
    if shutil.which("strace") is None:
        return "There is no strace here, so nobody can see what the press opens; ./portal test installs it."
    tried = subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, text=True)
    if tried.returncode == 0:
        return ""
    return (
        "strace may not watch another process here, so nobody can see what the press opens. In a container, "
        f"allow it with --cap-add=SYS_PTRACE. It said: {tried.stderr.strip() or 'nothing'}"
    )


def watch(documents: Sequence[Document], *mode: str) -> list[Seen]:
    """Have each document made by a child of its own, one after another, and say what was seen of each."""
    with tempfile.TemporaryDirectory(prefix="press") as folder:
        log = Path(folder) / "calls"
        tracer = ["strace", "-D", "-f", "-qq", "-s", "200", "-e", TRACED, "-e", "signal=none", "-o", str(log)]
        with telling_press(f"{folder}/s", *mode, under=tracer) as told:
            answers = [client.render([each], socket_path=f"{folder}/s")[0] for each in documents]
        calls = [found.groups() for found in map(CALL.match, log.read_text().splitlines()) if found]
    lived = {each["ended"]: each["seconds"] for each in told if "ended" in each}
    return [
        Seen(
            answer,
            audited=[each["event"] for each in told if each.get("pid") == pid],
            traced=[call for caller, call in calls if int(caller) == pid],
            seconds=lived[pid],
        )
        for answer, pid in zip(answers, children(told)[-len(documents) :], strict=True)
    ]


def children(told: Sequence[dict[str, Any]]) -> list[int]:
    """The ids of the children, as they began; the first ones were asked whether the press is ready."""
    return [each["child"] for each in told if "child" in each]


def _until_all_have_ended(told: Sequence[dict[str, Any]]) -> None:
    """A child answers before it ends, and its end is what tells how."""
    latest = time.monotonic() + 20
    while set(children(told)) - {each["ended"] for each in told if "ended" in each}:
        assert time.monotonic() < latest, "A child of the press did not end."
        time.sleep(0.02)


@contextmanager
def telling_press(path: str, *mode: str, under: Sequence[str] = ()) -> Iterator[list[dict[str, Any]]]:
    """Run a watched press at ``path``; what it tells is complete once the block has ended."""
    told: list[dict[str, Any]] = []
    reading, writing = os.pipe()
    words = [*under, sys.executable, "-m", "tests.press.watched", str(writing), *mode]
    env = {
        "PRESS_SOCKET": path,
        "FONTCONFIG_FILE": str(HERE / "fonts" / "fonts.conf"),
        "PATH": os.environ["PATH"],
    }
    process = start(path, *words, env=env, pass_fds=[writing])
    os.close(writing)

    def read() -> None:
        with os.fdopen(reading) as lines:
            told.extend(json.loads(line) for line in lines)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield told
        _until_all_have_ended(told)
    finally:
        process.terminate()
        process.wait(20)
        reader.join(20)
