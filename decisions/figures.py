"""Every number behind an outcome, as it is kept."""

from typing import NotRequired, TypedDict

from decisions.runoff import Step


class Figures(TypedDict):
    """The figures of a count, ready to be kept as JSON.

    eligible: seats that may vote and have not stepped out; present: those that answered or were there (or
    were told, where silence assents); sectors: those of the seats present; quorum_needs, sectors_need: 0
    where no quorum holds. yes to objects: how many gave each word. base, out_of, needs, short: only where a
    share is counted. levels: how many chose each, from the lowest. totals: what each option got, in the order
    of the list; winner: its place there; steps: the rounds of a runoff. tied, early, again: only where it is
    so. then: the method that decides later, only where one waits. authority: whose the last word is. Limits
    of the rule (`..._allowed`, `..._needed`) stand where the method reads them.
    """

    method: str
    round: int
    eligible: int
    recused: int
    present: int
    silent: int
    sectors: int
    quorum_needs: int
    sectors_need: int
    yes: int
    no: int
    abstain: int
    aside: int
    block: int
    objects: NotRequired[int]
    base: NotRequired[str]
    out_of: NotRequired[int]
    needs: NotRequired[int]
    short: NotRequired[int]
    asides_allowed: NotRequired[int]
    blocks_allowed: NotRequired[int]
    abstentions_allowed: NotRequired[int]
    untold: NotRequired[int]
    levels: NotRequired[list[int]]
    serious_allowed: NotRequired[int]
    fingers_needed: NotRequired[int]
    totals: NotRequired[list[int]]
    winner: NotRequired[int]
    steps: NotRequired[list[Step]]
    advised: NotRequired[int]
    advice_needed: NotRequired[int]
    tied: NotRequired[bool]
    early: NotRequired[bool]
    again: NotRequired[bool]
    then: NotRequired[str]
    authority: NotRequired[str]
