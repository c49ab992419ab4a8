"""The blocks of a letter: light Markdown in, a few safe elements out; and the default texts.

A block knows paragraphs, **bold**, *italic*, lists and [links](https://...) to the web or to an e-mail
address, nothing else. Headings, images, HTML and links to anywhere else stay the characters that they are.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt

from .enums import Block, Kind

TEXTS = Path(__file__).parent / "texts"
MOST_WORDS = 180
ELEMENTS = {"p", "strong", "em", "ul", "ol", "li", "br", "a"}
SCHEMES = {"http", "https", "mailto"}
LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


class _Markdown(MarkdownIt):
    """Markdown that takes an address for a link only where it leads to the web or to an e-mail address."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        """Whether an address may stand in a link."""
        return url.partition(":")[0] in SCHEMES


_markdown = _Markdown("zero", {"html": False, "breaks": True}).enable(
    ["emphasis", "list", "newline", "escape", "link", "balance_pairs", "fragments_join"]
)

BlockList = list[dict[str, str]]


@lru_cache(maxsize=512)  # the letters of a batch have one text
def to_html(text: str) -> str:
    """A block's text as HTML of the few elements that a letter may hold; placeholders stay as they are."""
    rendered = _markdown.render(text)
    safe = nh3.clean(
        rendered, tags=ELEMENTS, attributes={"a": {"href"}, "*": set()}, url_schemes=SCHEMES, link_rel=None
    )
    return LINK.sub(_with_words, safe)


def with_addresses(block: str) -> str:
    """A block's HTML as paper needs it: the address of each link stands in print behind its words."""
    return LINK.sub(_with_address, block)


def _with_words(link: re.Match[str]) -> str:
    """A link without words shows its address."""
    return link[0] if link[2].strip() else f'<a href="{link[1]}">{_shown(link[1])}</a>'


def _with_address(link: re.Match[str]) -> str:
    shown = _shown(link[1])
    return link[0] if link[2].strip() in (shown, link[1]) else f"{link[0]} ({shown})"


def _shown(address: str) -> str:
    """An address as people read it, as HTML: that of a mail without its scheme."""
    return address.removeprefix("mailto:")


def count_words(text: str) -> int:
    """How many words a reader reads, placeholders counted as the text that stands for them."""
    return len(re.findall(r"\w[\w'’@.,:-]*", re.sub(r"\]\([^)\s]*\)|[*{}]", "", text)))


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
