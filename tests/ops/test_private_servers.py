"""The script on real private servers: what it says, and that it gets up again after what can befall it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("DATABASE_", "REDIS_", "PRESS_", "PORTAL_", "PG", "DJANGO_")
SET_UP = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from ops import cli, paths, postgres, prepare, redis, servers
prepare.programs = lambda **_: None  # the tests run in a checkout that is set up
"""


@dataclass
class Script:
    """`./portal` with a var/ of its own."""

    var: Path

    def run(self, *words: str, **env: str) -> tuple[int, str, str]:
        """The status of a command, its standard output, and what the script said."""
        return self.python("cli.main()", *words, **env)

    def python(self, code: str, *words: str, **env: str) -> tuple[int, str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        done = subprocess.run(
            [sys.executable, "-P", "-c", SET_UP + code, ROOT, *words],
            env={**clean, "PORTAL_VAR": str(self.var), "TMPDIR": str(self.var), **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def server(self) -> int:
        """The process number of the private PostgreSQL, 0 where it is down."""
        return int(self.python("print(postgres.running_pid() or 0)")[1])

    def cluster(self) -> Path:
        return Path(self.python("print(postgres.CLUSTER)")[1].strip())


@pytest.fixture
def script() -> Iterator[Script]:
    with tempfile.TemporaryDirectory(prefix="pp-") as folder:
        made = Script(Path(folder) / "var")
        made.var.mkdir()
        yield made
        assert made.run("reset", "--yes") == (0, "", "portal: deleted; the next start begins anew.\n")


STALE = "portal: PostgreSQL's pid file was left behind by a server that no longer runs; removing it.\n"


def test_private_servers_get_up_after_a_half_made_cluster_a_kill_and_a_stale_pid_file(script: Script) -> None:
    half_made = script.cluster().with_name("postgres.new")
    half_made.mkdir(parents=True)
    (half_made / "base").mkdir()
    assert script.python("servers.start()") == (
        0,
        "",
        "portal: a PostgreSQL cluster was left half made; making it anew.\n"
        "portal: making the private PostgreSQL cluster\n",
    )
    first = script.server()
    assert script.python("servers.start()") == (0, "", "")
    assert script.server() == first

    os.kill(first, signal.SIGKILL)
    assert script.python("servers.start()") == (0, "", STALE)
    assert script.server() not in (0, first)

    assert script.python("servers.stop(); print(redis.is_running())") == (0, "False\n", "")
    (script.cluster() / "postmaster.pid").write_text(f"{os.getpid()}\n{script.cluster()}\n")
    assert script.python("servers.start()") == (0, "", STALE)


def test_stdout_is_djangos_alone_and_the_servers_are_down_again(script: Script) -> None:
    status, out, said = script.run("manage", "makemigrations", "--check", "--dry-run")
    assert (status, out) == (0, "No changes detected\n")
    assert said == "portal: making the private PostgreSQL cluster\n"
    assert script.run("manage", "makemigrations", "--check", "--dry-run") == (0, "No changes detected\n", "")
    assert script.server() == 0


def test_a_failing_command_ends_with_its_own_status(script: Script) -> None:
    status, out, said = script.run("manage", "migrate", "no_such_app")
    assert (status, out) == (1, "")
    assert said.endswith("CommandError: No installed app with label 'no_such_app'.\n")


def test_a_taken_port_stops_the_demo_before_anything_is_made(script: Script) -> None:
    name = Path("/proc/self/comm").read_text().strip()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert script.run("demo", "--port", str(port)) == (
            1,
            "",
            f"portal: port {port} is taken by {name} (process {os.getpid()}).\n"
            f"portal: Stop that program, or choose another port: ./portal demo --port {port + 1}\n",
        )
    assert not script.cluster().exists()


def test_half_a_setting_is_named_before_anything_is_installed(script: Script) -> None:
    assert script.run("manage", "check", DATABASE_URL="postgres://portal_app@db.example/portal") == (
        1,
        "",
        "portal: only one of DATABASE_URL and DATABASE_OWNER_URL is set.\n"
        "portal: Set both, for the application's role and the owner's (docs/own-servers.md), or neither.\n",
    )


def test_a_disk_that_fills_while_a_program_writes_is_named(script: Script) -> None:
    full = "cli.setup = lambda: prepare.run(['cp', '/etc/hostname', '/dev/full'], what='writing'); cli.main()"
    assert script.python(full, "setup") == (
        1,
        "",
        f"portal: the disk of {script.var} is full.\nportal: Free some space there, then run this again.\n",
    )


def test_reset_asks_and_without_a_terminal_deletes_nothing(script: Script) -> None:
    (script.var / "kept").touch()
    assert script.run("reset") == (
        1,
        "",
        "portal: reset deletes the private database and everything in var/.\n"
        "portal: To do that without being asked: ./portal reset --yes\n",
    )
    assert (script.var / "kept").exists()


def test_doctor_reports_on_stdout_and_makes_no_server(script: Script) -> None:
    _, out, said = script.run("doctor")
    found = dict(line.split(maxsplit=1) for line in out.splitlines() if not line.startswith(" "))
    assert said == ""
    assert found["PostgreSQL"] == "down; not made yet"
    assert found["Redis"] == "down"
    assert found["portal"] == "down"
