"""The tokens keep the floors of WCAG 2.2: 4.5 for text, 3.0 for borders, marks and the focus."""

import re

import pytest

from tests.look.sources import ROOT

CSS = (ROOT / "static/css/portal.css").read_text()
TOKENS = dict(re.findall(r"--pp-([a-z0-9-]+):\s*(#[0-9a-f]{6})\b", CSS))
TEXT = """ink:ground,surface,sunk,hover,gold,info-tint,warn-tint,risk-tint,ok-tint
ink-2:ground,surface,sunk,hover,info-tint
action:ground,surface,sunk,hover,info-tint action-deep:info-tint,sunk surface:action,action-deep,risk
on-brand:brand on-brand-2:brand ok:ok-tint,surface,ground warn:warn-tint,surface,ground
risk:risk-tint,surface,ground info:info-tint,surface"""
MARKS = "edge:ground,surface,sunk action:ground,surface gold:brand ink:ground,surface risk:surface"


def luminance(color: str) -> float:
    """Relative luminance of a color written as six hex digits (WCAG 2.2)."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two tokens, 1 to 21."""
    high, low = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs(spec: str) -> list[tuple[str, str]]:
    return [(item.split(":")[0], on) for item in spec.split() for on in item.split(":")[1].split(",")]


@pytest.mark.parametrize(("text", "on"), pairs(TEXT))
def test_text_is_readable(text: str, on: str) -> None:
    assert ratio(text, on) >= 4.5


@pytest.mark.parametrize(("mark", "on"), pairs(MARKS))
def test_borders_and_marks_are_visible(mark: str, on: str) -> None:
    assert ratio(mark, on) >= 3.0
