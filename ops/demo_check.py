"""`demo --check`: sign in once as each role through the demo's page, as a browser without script would."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ops import ports
from ops.serve import portal
from ops.words import Problem, say

ROLES = ("staff", "principal", "coordinator", "preparer", "viewer")
SIGN_IN = "/demo/sign-in/"


@dataclass
class Form:
    """A form of a page: where it posts to, and the value of each named input and button."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """What the check reads from a page: its forms, and the role of the one who is signed in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.role = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in one tag."""
        given = {name: value or "" for name, value in attrs}
        self.role = self.role or given.get("data-role", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag in ("input", "button") and "name" in given and self.forms:
            self.forms[-1].fields[given["name"]] = given.get("value", "")


def check() -> None:
    """Start the demo on a free port, sign in as each role, and stop. Raises Problem with all that failed."""
    port = ports.any_free()
    with portal(mode="demo", port=port, command="demo --check") as supervisor:
        failed = [line for role in ROLES if (line := _sign_in(f"http://localhost:{port}", role))]
        supervisor.watch(0.5)
        failed += [
            f"{name} had to be started again" for name, times in supervisor.restarts().items() if times
        ]
    if failed:
        raise Problem("the demo is not all right: " + "; ".join(failed) + ".", "Look into var/log.")
    say(f"the demo is all right: signed in as {', '.join(ROLES)}.")


def _sign_in(address: str, role: str) -> str:
    """Sign in as `role`; returns what failed, empty where nothing did."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    try:
        first = Page(_get(opener, address + "/"))
        form = next((form for form in first.forms if _is_card(form, role)), None)
        if form is None:
            return f"{role}: the sign-in page has no card for this role"
        data = urllib.parse.urlencode(form.fields).encode()
        page = Page(_get(opener, address + SIGN_IN, data))
    except (urllib.error.URLError, OSError) as error:
        return f"{role}: {error}"
    return (
        "" if page.role == role else f"{role}: the page after signing in is that of {page.role or 'nobody'}"
    )


def _is_card(form: Form, role: str) -> bool:
    return form.action == SIGN_IN and form.fields.get("role") == role


def _get(opener: urllib.request.OpenerDirector, url: str, data: bytes | None = None) -> str:
    """The page at `url` after all redirects; with `data` by POST. Raises HTTPError on any status but 200."""
    request = urllib.request.Request(url, data, {"Referer": url})  # noqa: S310 (always our own http address)
    with opener.open(request, timeout=30) as answer:
        return str(answer.read().decode())
