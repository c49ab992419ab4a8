"""What a coordinator does about a value that the records lack: its sentence goes, or comes back."""

from typing import Any

from accounts.models import Membership
from letters.blocks import BlockList
from letters.enums import Block
from letters.models import Letter
from letters.placeholders import INDISPENSABLE
from letters.second import split
from letters.sentences import put_back as with_sentence
from letters.sentences import sentence_with, without

from .errors import NoSuchSentence
from .writing import edit_draft

MOST_KEPT = 20


def leave_out(*, letter: Letter, version: int, block: str, name: str, by: Membership, **changes: Any) -> str:
    """Take the sentence in which a placeholder stands out of a draft's block; `changes` are saved with it.

    Out: the sentence as it was typed. Raises NoSuchSentence where it is not there, or may not go: a subject,
    and what no letter can do without. Raises ChangedMeanwhile and NotThisState as edit_draft does.
    """
    blocks: BlockList = changes.pop("blocks", letter.blocks)
    before = _text(blocks, block)
    sentence = sentence_with(before, name)
    if sentence is None or split(block)[1] == Block.SUBJECT or name in INDISPENSABLE:
        raise NoSuchSentence(block, name)
    kept = [*letter.left_out, {"block": block, "name": name, "before": before}][-MOST_KEPT:]
    new = _replaced(blocks, block, without(before, name))
    edit_draft(letter=letter, version=version, by=by, **changes, blocks=new, left_out=kept)
    return sentence


def put_back(*, letter: Letter, version: int, n: int, by: Membership, **changes: Any) -> tuple[str, str]:
    """Put the n-th of the sentences that were left out back: where it stood, or behind a changed text.

    Out: its block and the sentence. Raises NoSuchSentence, ChangedMeanwhile and NotThisState.
    """
    if not 0 <= n < len(letter.left_out):
        raise NoSuchSentence(n)
    kept = letter.left_out[n]
    blocks: BlockList = changes.pop("blocks", letter.blocks)
    block, name, before = kept["block"], kept["name"], kept["before"]
    new = _replaced(blocks, block, with_sentence(_text(blocks, block), before, name))
    rest = [other for m, other in enumerate(letter.left_out) if m != n]
    edit_draft(letter=letter, version=version, by=by, **changes, blocks=new, left_out=rest)
    return block, sentence_with(before, name) or ""


def _text(blocks: BlockList, name: str) -> str:
    return next((block["text"] for block in blocks if block["name"] == name), "")


def _replaced(blocks: BlockList, name: str, text: str) -> BlockList:
    return [{**block, "text": text} if block["name"] == name else block for block in blocks]
