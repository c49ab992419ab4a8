"""A second, slow and wordy count of every method, written from the table in words, to check the fast one
against.

It shares no code with decisions/methods.py: fractions instead of integers, lists instead of counters.
"""

from fractions import Fraction


def outcome(seats, *, method, quorum, base="cast", abstention="quorum_only", tie="fails", asides=None):
    """`seats`: dicts with sector, answer (a word or None), recused, present. `quorum`: (share, more_than,
    sectors)."""
    taking_part = [seat for seat in seats if not seat["recused"]]
    here = [seat for seat in taking_part if seat["answer"] or seat["present"]]
    share, more_than, sectors = quorum
    wanted = share * len(taking_part)
    enough = len(here) > wanted if more_than else len(here) >= wanted
    if not enough or not here or len({seat["sector"] for seat in here}) < sectors:
        return "no_quorum"
    return _by_method(taking_part, here, method, base, abstention, tie, asides)


def _by_method(taking_part, here, method, base, abstention, tie, asides):
    said = [seat["answer"] for seat in taking_part]
    yes = said.count("yes")
    if method == "consensus":
        agreed = "block" not in said and yes > 0 and (asides is None or said.count("aside") <= asides)
        return "adopted" if agreed else "not_adopted"
    cast = [
        answer
        for answer in said
        if answer in ("yes", "no") or (answer == "abstain" and abstention == "as_no")
    ]
    whole = {"cast": len(cast), "present": len(here), "all": len(taking_part)}[base]
    part = Fraction(yes, whole) if whole else Fraction(0)
    if method == "majority":
        if part > Fraction(1, 2):
            return "adopted"
        return "deferred" if part == Fraction(1, 2) and tie == "defers" else "not_adopted"
    return "adopted" if part >= Fraction(2, 3) else "not_adopted"
