"""The blocks of a letter: light Markdown in, a few safe elements out; and the default texts.

A block knows paragraphs, **bold**, *italic* and lists, nothing else. Headings, links, images and HTML stay
the characters that they are.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

from .enums import Block, Kind

TEXTS = Path(__file__).parent / "texts"
MOST_WORDS = 180
ELEMENTS = {"p", "strong", "em", "ul", "ol", "li", "br"}

_markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "list", "newline", "escape", "balance_pairs", "fragments_join"]
)

BlockList = list[dict[str, str]]


def to_html(text: str) -> str:
    """A block's text as HTML of the few elements that a letter may hold; placeholders stay as they are."""
    return nh3.clean(_markdown.render(text), tags=ELEMENTS, attributes={})


def count_words(text: str) -> int:
    """How many words a reader reads, placeholders counted as the text that stands for them."""
    return len(re.findall(r"\w[\w'’@.,:-]*", re.sub(r"[*{}]", "", text)))


def default_blocks(kind: Kind, language: str) -> BlockList:
    """The text of a template as we deliver it, one block for each thing that a letter must say."""
    return parse(_delivered(f"{kind}.{language}"))


@cache
def _delivered(name: str) -> str:
    return (TEXTS / f"{name}.md").read_text()


def parse(text: str) -> BlockList:
    """Blocks out of a file in which each is headed by its name in brackets."""
    parts = re.split(r"^\[(\w+)\]\n", text, flags=re.MULTILINE)[1:]
    return [{"name": name, "text": body.strip()} for name, body in zip(parts[::2], parts[1::2], strict=True)]


def for_letter(blocks: Iterable[Mapping[str, str]]) -> BlockList:
    """A letter's blocks out of a template's, in their order; older texts may hold some that we dropped."""
    texts = {block["name"]: block["text"] for block in blocks}
    return [{"name": name, "text": texts[name]} for name in Block.values if name in texts]
