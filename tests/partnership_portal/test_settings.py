"""Settings of another mode than the tests', read in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PRODUCTION = {
    "PORTAL_MODE": "production",
    "PORTAL_BASE_URL": "https://portal.district.example",
    "SECRET_KEY": "a" * 40,
    "LINK_KEY": "b" * 40,
}


def setting(name: str, **environment: str) -> str:
    """A setting as production reads it. Raises CalledProcessError where the settings refuse to load."""
    code = f"from partnership_portal import settings; print(settings.{name})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | PRODUCTION | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_production_sends_through_the_backend_that_knows_what_was_handed_over() -> None:
    assert setting("EMAIL_BACKEND", EMAIL_URL="smtp+tls://u:p@mail.example:587") == (
        "outreach.smtp.EmailBackend"
    )


def test_production_answers_to_its_own_name_alone() -> None:
    assert setting("ALLOWED_HOSTS", EMAIL_URL="smtp://mail.example") == "['portal.district.example']"


@pytest.mark.parametrize(
    ("name", "value"), [("LINK_KEY", "short"), ("SECRET_KEY", ""), ("PORTAL_BASE_URL", "http://x.example")]
)
def test_production_refuses_to_start_without_its_secrets_or_its_certificate(name: str, value: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        setting("DEBUG", EMAIL_URL="smtp://mail.example", **{name: value})
    assert f"ImproperlyConfigured: {name}" in refused.value.stderr


def test_the_number_of_proxies_is_read_and_nonsense_refused() -> None:
    mail = "smtp://mail.example"
    assert setting("TRUSTED_PROXIES", EMAIL_URL=mail) == "0"
    assert setting("TRUSTED_PROXIES", EMAIL_URL=mail, PORTAL_TRUSTED_PROXIES="2") == "2"
    for nonsense in ("-1", "one", "1.5", "", "10", "²"):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            setting("DEBUG", EMAIL_URL=mail, PORTAL_TRUSTED_PROXIES=nonsense)
        assert "ImproperlyConfigured: PORTAL_TRUSTED_PROXIES" in refused.value.stderr
