"""How long calls take, for the benches."""

import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any


def timed(act: Callable[[Any], Any], arguments: Iterable[Any]) -> list[float]:
    """Seconds of each call; the first is made once before, for what is only made once."""
    given = list(arguments)
    act(given[0])
    taken = []
    for argument in given:
        start = time.perf_counter()
        act(argument)
        taken.append(time.perf_counter() - start)
    return taken


def p95(taken: list[float]) -> float:
    """What 95 of 100 calls do not exceed."""
    return statistics.quantiles(taken, n=20)[-1]
