"""The commands of `./portal`, and how each ends: its own exit status, or one Problem with what to do."""

import argparse
import errno
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

from ops import backup, check, demo_check, doctor, paths, ports, postgres, prepare, serve, servers, state
from ops.shell import foreground, interactive
from ops.words import Problem, full_disk, say

OWN_TABLES = ("migrate", "makemigrations", "sqlmigrate", "showmigrations")
EPILOG = "To use servers of your own, set DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL: docs/own-servers.md."


def main() -> NoReturn:
    """Run the command of the command line and exit with its status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        status = run(sys.argv[1:])
    except Problem as problem:
        say(problem.what)
        say(problem.do)
        status = 1
    except KeyboardInterrupt:
        say("stopped.")
        status = 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say(full_disk(str(error.filename or paths.VAR)).what)
        say(full_disk("").do)
        status = 1
    sys.exit(status)


def run(words: list[str]) -> int:
    """Run one command and return its exit status."""
    given, rest = _parse(words)
    if given.command not in ("stop", "reset", "doctor"):
        servers.own_database()  # half a setting is named before anything is installed
    match given.command:
        case "setup":
            return setup()
        case "up":
            serve.serve(mode=os.environ.get("PORTAL_MODE", "development"), port=given.port, command="up")
        case "demo" if given.check:
            demo_check.check()
        case "demo":
            serve.serve(mode="demo", port=given.port, command="demo")
        case "test":
            return check.test(rest, full=given.full)
        case "manage":
            return manage(rest)
        case "bench":
            return check.bench(given.name, rest)
        case "backup":
            backup.backup(given.file)
        case "restore":
            backup.restore(given.file, replace=given.replace)
        case "stop":
            stop()
        case "reset":
            reset(sure=given.yes)
        case "doctor":
            return doctor.report()
    return 0


def _parse(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The command with its own options, and the words that belong to the program that it runs."""
    if words[:1] == ["manage"]:
        return argparse.Namespace(command="manage"), words[1:]
    parser = argparse.ArgumentParser("./portal", description="The partnership portal.", epilog=EPILOG)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("setup", help="install what is missing and make the database; start nothing")
    up = commands.add_parser("up", help="set up and serve the portal, without demo data")
    demo = commands.add_parser("demo", help="set up and serve the portal with an invented district")
    demo.add_argument("--check", action="store_true", help="sign in once as each role, then stop")
    for command in (up, demo):
        command.add_argument("--port", type=int, default=ports.USUAL, help="the web's port (8000)")
    test = commands.add_parser("test", help="linters and all tests; with pytest arguments, only those tests")
    test.add_argument("--full", action="store_true", help="run the slow counts whole, not a tenth of them")
    commands.add_parser("manage", help="one of Django's commands: ./portal manage help", add_help=False)
    bench = commands.add_parser("bench", help="one measurement of tests/bench, on a database of its own")
    bench.add_argument("name")
    keep = commands.add_parser("backup", help="write the database and the uploads into one file")
    back = commands.add_parser("restore", help="bring a backup back, whole")
    back.add_argument("--replace", action="store_true", help="put it in the place of all that is there")
    for command in (keep, back):
        command.add_argument("file", type=Path, metavar="FILE")
    commands.add_parser("stop", help="stop the portal and its private servers")
    reset = commands.add_parser("reset", help="delete the private database and everything in var/")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    commands.add_parser("doctor", help="what is missing, what runs, and where the logs are")
    given, rest = parser.parse_known_args(["--help"] if words in ([], ["help"]) else words)
    if rest and given.command not in ("test", "manage", "bench"):
        parser.error(f"{given.command} takes no {' '.join(rest)}")
    return given, rest


def setup() -> int:
    """Everything that needs the network or takes minutes, so that the next start takes seconds."""
    prepare.programs()
    with servers.running():
        prepare.everything(servers.environment())
    say("ready: ./portal demo shows it with invented people, ./portal up starts it empty.")
    return 0


def manage(words: list[str]) -> int:
    """Run one of Django's commands; a database without tables is migrated first."""
    prepare.programs()
    with servers.running():
        env = servers.environment()
        if words and words[0] not in OWN_TABLES and not servers.own_database() and not postgres.has_tables():
            prepare.everything(env)
        return foreground([paths.PYTHON, paths.ROOT / "manage.py", *words], env=env)


def stop() -> None:
    """Stop the portal that runs from this checkout, and private servers that were left running."""
    was_running = state.end()
    servers.stop()
    say("stopped." if was_running else "the portal was not running; its private servers are down.")


def reset(*, sure: bool) -> None:
    """Delete the private database and var/; asks first. Servers of the user's own are not touched."""
    if not sure and not _agreed():
        say("nothing was deleted.")
        return
    state.end()
    servers.stop()
    for folder in (paths.sockets(), paths.DATA, paths.VAR):
        shutil.rmtree(folder, ignore_errors=True)
    say("deleted; the next start begins anew.")


def _agreed() -> bool:
    """Ask the person at the terminal. Raises Problem where there is none."""
    if not interactive():
        raise Problem(
            "reset deletes the private database and everything in var/.",
            "To do that without being asked: ./portal reset --yes",
        )
    question = f"Delete {paths.DATA} and {paths.VAR} with all that is in them? (yes/no) "
    print(question, end="", file=sys.stderr, flush=True)
    return input().strip().lower() == "yes"


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
