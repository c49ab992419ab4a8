import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops import ports
from ops.words import Problem


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_its_holder_and_another_one(taken: int) -> None:
    name = Path("/proc/self/comm").read_text().strip()
    with pytest.raises(Problem) as told:
        ports.must_be_free(taken, "demo")
    assert told.value.what == f"port {taken} is taken by {name} (process {os.getpid()})."
    assert told.value.do == (f"Stop that program, or choose another port: ./portal demo --port {taken + 1}")


def test_a_free_port_is_fine() -> None:
    ports.must_be_free(ports.any_free(), "demo")


def test_nobody_holds_a_free_port() -> None:
    assert ports.holder(ports.any_free()) == ""


def test_the_web_listens_on_loopback_alone() -> None:
    assert set(ports.addresses(8000)) <= {"127.0.0.1:8000", "[::1]:8000"}
    assert ports.addresses(8000)[0] == "127.0.0.1:8000"
