"""What the script says: one line on stderr each, and failures that end with what to do."""

import sys


class Problem(Exception):
    """Something that stops the command: `what` went wrong, and what to `do` about it."""

    def __init__(self, what: str, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do


def say(text: str) -> None:
    """Print one line of the script's own on stderr, where it does not mix with a command's output."""
    print(f"portal: {text}", file=sys.stderr, flush=True)


def full_disk(where: str) -> Problem:
    """The problem of a disk without room at `where`."""
    return Problem(f"the disk of {where} is full.", "Free some space there, then run this again.")
