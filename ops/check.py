"""`./portal test`: linters and types, then pytest in parallel, then the browser tests on their own.

Browser tests are a second call: Playwright's event loop and Django's database do not go together in one.
"""

from collections.abc import Mapping

from ops import browser, prepare, servers
from ops.paths import ROOT, VENV
from ops.shell import Line, foreground
from ops.words import Problem, say

LINTERS = {
    "ruff": ["ruff", "check", "--quiet", "."],
    "ruff's format": ["ruff", "format", "--check", "--quiet", "."],
    "mypy": ["mypy", "--no-error-summary", "."],
    "djlint": ["djlint", "--quiet", "--lint", "templates"],
}
BROWSER_TESTS = "tests/browser"
WORKERS = 2


def test(arguments: list[str], *, full: bool) -> int:
    """Set up, run everything, and return the exit status.

    With pytest `arguments` only the tests that they name are run, in one call and without linters.
    `full` runs every count that the plain call takes a tenth of.
    """
    prepare.programs(tests=True)
    chromium = browser.ensure()
    prepare.messages()
    with servers.running():
        env = servers.environment(mode="test")
        env |= {"PORTAL_CHROMIUM": chromium, "REQUIRE_E2E": "1", "PGOPTIONS": "-c synchronous_commit=off"}
        env |= {"PORTAL_FULL": "1"} if full else {}
        prepare.static_files({**env, "PORTAL_MODE": "development"})
        return _pytest(arguments, env) if arguments else _everything(env)


def _everything(env: Mapping[str, str]) -> int:
    _lint(env)
    both = ["-n", str(WORKERS), "--durations=40", "--durations-min=2"]
    ways = [
        [*both, "--dist=worksteal", f"--ignore={BROWSER_TESTS}"],
        [*both, "--dist=loadfile", BROWSER_TESTS],  # each worker has a portal of its own
    ]
    return max(_pytest(way, env) for way in ways)


def _lint(env: Mapping[str, str]) -> None:
    """Run every linter, each with its own words. Raises Problem that names those which failed."""
    failed = []
    for name, words in LINTERS.items():
        say(name)
        if foreground([VENV / "bin" / words[0], *words[1:]], env=env, cwd=ROOT):
            failed.append(name)
    if failed:
        raise Problem(f"not clean: {', '.join(failed)}.", "Mend what stands above; the tests were not run.")


def _pytest(arguments: list[str], env: Mapping[str, str]) -> int:
    say(f"pytest {' '.join(arguments)}")
    return foreground([VENV / "bin" / "python", "-m", "pytest", *arguments], env=env, cwd=ROOT)


def bench(name: str, arguments: list[str]) -> int:
    """Run tests/bench/NAME.py as a module, on a database of its own that is migrated first."""
    known = sorted(path.stem for path in (ROOT / "tests" / "bench").glob("[a-z]*.py"))
    if name not in known:
        raise Problem(f"there is no bench {name!r}.", f"Choose one of: {', '.join(known) or 'none yet'}.")
    prepare.programs(tests=True)
    with servers.running():
        env = servers.environment(mode="development", database="portal_bench")
        prepare.migrate(env)
        words: Line = [VENV / "bin" / "python", "-m", f"tests.bench.{name}", *arguments]
        return foreground(words, env=env)
