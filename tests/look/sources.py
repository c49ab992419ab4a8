"""Where the look's own files lie, and what a template shows to people."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
OWN_CSS = sorted((ROOT / "static" / "css").glob("*.css"))

TRANSLATED = re.compile(r"""{%\s*translate\s+"([^"]*)"|_\("([^"]*)"\)""")
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\s*%}.*?{%\s*endcomment\s*%}", re.S)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.S)
SPOKEN_ATTRIBUTES = re.compile(r"""\b(?:aria-label|alt|title|placeholder|data-label)="([^"]*)\"""")
TAGS = re.compile(r"<[^>]*>", re.S)


def templates() -> list[Path]:
    """Every template of the project, also those that an app keeps for itself."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})


def name_of(path: Path) -> str:
    """A template's name, as it is loaded by."""
    return path.relative_to(TEMPLATES).as_posix()


def visible_text(source: str) -> str:
    """What people read or hear of a template: its text, its translated words and its spoken attributes."""
    source = COMMENTS.sub(" ", source)
    words = [first or second for first, second in TRANSLATED.findall(source)]
    plain = CODE.sub(" ", source)
    words += SPOKEN_ATTRIBUTES.findall(plain)
    words.append(TAGS.sub(" ", plain))
    return " ".join(" ".join(words).split())
