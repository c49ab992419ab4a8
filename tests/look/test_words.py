"""The words on the page: a term of the field that has a plain word never reaches people.

Looked at: the visible text of every template, and every string that Python code hands to gettext. REPLACED is
the list, each with the word to write instead; ALLOWED names the places where such a word means something
else.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.look.sources import ROOT, name_of, templates, visible_text

APPS = ("partnership_portal", "accounts", "partners", "letters", "decisions", "outreach", "course")
REPLACED = {
    r"charters?": "how we decide",
    r"positions?": "answer",
    r"voting": "votes, or: answering",
    r"advisory": "advises",
    r"observers?": "observes",
    r"base": "counted out of",
    r"recus\w+": "steps out",
    r"block(s|ed|ing)?": "cannot live with it",
    r"capability links?": "personal link",
    r"coverage( matrix)?": "Who serves what",
    r"interactions?": "contact",
    r"compliance": "papers",
    r"issu(e|es|ed|ing) (a|the|this|your|\d+) letters?": "sign",
    r"frozen|freez\w+": "kept as signed",
    r"outbox": "Mail going out",
    r"engagement signals?": "Needs care",
    r"prospects?": "possible partner",
    r"owners?": "who looks after it",
    r"identified": "Possible",
    r"contacted": "Written to",
    r"exploring": "Talking",
    r"declined": "Not now",
    r"universal|targeted|intensive": "for all, for some, for a few",
    r"HSDS": "community directory file (211)",
    r"stakeholders?": "who they are",
    r"synerg\w+": "what is gained",
    r"partnership opportunit\w+": "what we ask",
    r"successfully": "say what was done",
    r"invalid": "say what is wrong and what to do",
    r"submit": "the act itself, such as: Save this partner",
    r"click here": "where the link leads",
}
SPANISH_REPLACED = {
    r"tú|tu|tus|ti|contigo": "usted",
    r"socios?|socias?": "organización aliada",
    r"prospectos?": "posible organización aliada",
    r"recusa\w*": "se aparta",
    r"bandeja de salida": "correo por salir",
    r"inválid[oa]s?": "decir qué falta y qué hacer",
    r"exitosamente|con éxito": "decir qué se hizo",
}
ALLOWED: dict[str, set[str]] = {
    "outreach/enums.py": {"blocked"},  # an address that gets no mail
}
"""Where a replaced word means something else: file -> the words that may stand there."""

GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "gettext_noop",
}
PATTERN = re.compile(r"\b(?:" + "|".join(f"(?:{words})" for words in REPLACED) + r")\b", re.I)
SPANISH_PATTERN = re.compile(r"\b(?:" + "|".join(f"(?:{words})" for words in SPANISH_REPLACED) + r")\b", re.I)


def replaced_words(text: str, place: str, pattern: re.Pattern[str] = PATTERN) -> list[str]:
    """The replaced words in a text, each once, without those that are allowed at this place."""
    found = {match.group().lower() for match in pattern.finditer(text)}
    return sorted(found - ALLOWED.get(place, set()))


def translated_strings(path: Path) -> str:
    """Every string that a module hands to gettext, without the names of its placeholders."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return "\n".join(
        re.sub(r"%\(\w+\)", "%", argument.value)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in GETTEXT
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    )


def modules() -> list[Path]:
    """Every module of the apps that can hold words for people."""
    return sorted(
        path
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and "gettext" in path.read_text()
    )


def spanish_words(path: Path) -> str:
    """The translations of a catalog, without the msgids."""
    return " ".join(re.sub(r'^(#|msgid).*(\n".*)*', "", path.read_text(), flags=re.M).split())


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_a_template_uses_the_words_of_the_page(path: Path) -> None:
    assert replaced_words(visible_text(path.read_text()), f"templates/{name_of(path)}") == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_uses_the_words_of_the_page(path: Path) -> None:
    assert replaced_words(translated_strings(path), path.relative_to(ROOT).as_posix()) == []


@pytest.mark.parametrize("path", sorted((ROOT / "locale/es").rglob("*.po")), ids=lambda path: path.name)
def test_the_spanish_uses_the_words_of_the_page(path: Path) -> None:
    assert replaced_words(spanish_words(path), path.relative_to(ROOT).as_posix(), SPANISH_PATTERN) == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_nothing_is_named_with_another_vendors_mark(path: Path) -> None:
    assert re.findall(r"\bPARTNER\b", visible_text(path.read_text())) == []


def test_a_replaced_word_is_found_in_text_attributes_and_translated_strings() -> None:
    source = (
        '<p title="The outbox">{% translate "The charter" %} {# a prospect #}{{ position }} interaction</p>'
    )
    assert replaced_words(visible_text(source), "here") == ["charter", "interaction", "outbox"]
