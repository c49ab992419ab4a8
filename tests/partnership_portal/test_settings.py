"""Settings of another mode than the tests', read in a process of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.production import PRODUCTION, environment

ROOT = Path(__file__).parent.parent.parent
BEFORE = "Hk2_wYx7-Rb9TnVc4JqLd1MgPz6ZsF3uAoEe5KiGyQxBXWNvCODr"


def setting(name: str, **changed: str) -> str:
    """A setting as production reads it. Raises CalledProcessError where the settings refuse to load."""
    code = f"from partnership_portal import settings; print(settings.{name})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(**changed),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def refusal(**changed: str) -> str:
    """What the settings say when they refuse."""
    with pytest.raises(subprocess.CalledProcessError) as refused:
        setting("DEBUG", **changed)
    last: str = refused.value.stderr.strip().splitlines()[-1]
    return last.removeprefix("django.core.exceptions.ImproperlyConfigured: ")


def test_production_is_clean_to_djangos_own_checks_for_deployment() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "System check identified no issues (2 silenced).\n",
        "",
    )


def test_production_sends_through_the_backend_that_knows_what_was_handed_over() -> None:
    assert setting("EMAIL_BACKEND") == "outreach.smtp.EmailBackend"


def test_production_answers_to_its_own_name_alone() -> None:
    assert setting("ALLOWED_HOSTS") == "['partners.alder.k12.tx.us']"


def test_what_production_accepts_beside_that() -> None:
    assert setting("REDIS_URL", REDIS_URL="redis://:p@cache.alder.example:6379") != ""
    assert setting("ALLOWED_HOSTS", ALLOWED_HOSTS=".alder.k12.tx.us,localhost") == (
        "['.alder.k12.tx.us', 'localhost']"
    )
    assert setting("TRUSTED_PROXIES", PORTAL_TRUSTED_PROXIES="2") == "2"
    assert setting("TRUSTED_PROXIES") == "0"


def test_keys_of_before_are_read_and_there_need_not_be_any() -> None:
    other = BEFORE[::-1]
    assert setting("SECRET_KEY_FALLBACKS", SECRET_KEY_FALLBACKS=f"{BEFORE},{other}") == str([BEFORE, other])
    assert setting("SECRET_KEY_FALLBACKS", SECRET_KEY_FALLBACKS="") == "[]"
    assert setting("SECRET_KEY_FALLBACKS") == "[]"


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("PORTAL_MODE", ["prod", "Production", ""]),
        ("SECRET_KEY", ["", "short", "a" * 60, "not-a-secret-secret_key-for-production-only-0123456789abc"]),
        (
            "SECRET_KEY_FALLBACKS",
            [
                "short",
                "a" * 60,
                PRODUCTION["SECRET_KEY"],
                PRODUCTION["LINK_KEY"],
                f"{BEFORE},{BEFORE}",
                f"{BEFORE},short",
                f"{BEFORE} {BEFORE}secret",
            ],
        ),
        ("LINK_KEY", ["", "short", "ab" * 30, PRODUCTION["SECRET_KEY"]]),
        (
            "PORTAL_BASE_URL",
            [
                "http://partners.alder.k12.tx.us",
                "partners.alder.k12.tx.us",
                "https://",
                "https://localhost:8000",
                "https://partners.alder.k12.tx.us/portal",
                "https://partners.alder.k12.tx.us:port",
                "https://user@partners.alder.k12.tx.us",
                "https://partners alder",
                "",
            ],
        ),
        (
            "ALLOWED_HOSTS",
            [
                "*",
                "*,partners.alder.k12.tx.us",
                "other.example",
                "https://partners.alder.k12.tx.us",
                "a.example:8000",
            ],
        ),
        ("PORTAL_TRUSTED_PROXIES", ["-1", "one", "1.5", "", "10", "²"]),
        ("PORTAL_DB_ROLE", ["admin", ""]),
        ("DATABASE_URL", ["sqlite:///portal.db", "mysql://u@h/portal", "postgres://h/portal"]),
        ("DATABASE_OWNER_URL", [PRODUCTION["DATABASE_URL"], "postgres://portal_owner@host/"]),
        ("REDIS_URL", ["localhost:6379", "redis://host/0", "http://host", "", "unix://run/redis.sock"]),
        ("PRESS_SOCKET", ["", "press.sock", "/run/" + "x" * 110]),
        ("PORTAL_VAR", ["var", "./var"]),
        ("EMAIL_URL", ["", "mail.alder.k12.tx.us", "consolemail://", "smtp://", "filemail:///tmp"]),
        ("DEFAULT_FROM_EMAIL", ["", "portal", "portal@district.example", "Portal <a@b.us>, c@d.us"]),
        ("LOG_LEVEL", ["DEBUG", "info", ""]),
    ],
)
def test_production_refuses_nonsense_and_names_the_setting(name: str, nonsense: list[str]) -> None:
    said = [refusal(**{name: value}) for value in nonsense]
    assert [line for line in said if not line.startswith(name)] == []
    assert [line for line in said if not (line.endswith(".") and "; " in line)] == []


def test_outside_production_it_runs_without_any_setting() -> None:
    assert setting("PORTAL_BASE_URL", PORTAL_MODE="development", SECRET_KEY="", LINK_KEY="") != ""
