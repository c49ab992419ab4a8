"""A second, slow and wordy count of every method, written from the table in words, to check the fast one
against.

It shares no code with decisions/methods.py: fractions instead of integers, lists instead of counters.
"""

from fractions import Fraction


def outcome(
    seats, *, method, quorum, base, abstention, tie, terms, round_n=1, options=0, over=False, decided=None
):
    """`seats`: dicts with sector, answer (a word, a number or a list; None: none), recused, present, told.
    `quorum`: (share, more_than, sectors). `terms`: the rule's other terms by name.

    Out: the outcome, and the option that was chosen (None: none).
    """
    taking_part = [seat for seat in seats if not seat["recused"]]
    if method in ("leader", "delegated"):
        return _by_somebody(taking_part, method, terms, over, decided), None
    here = [
        seat
        for seat in taking_part
        if seat["answer"] is not None or seat["present"] or (method == "no_objection" and seat["told"])
    ]
    share, more_than, sectors = quorum
    wanted = share * len(taking_part)
    enough = len(here) > wanted if more_than else len(here) >= wanted
    if not enough or not here or len({seat["sector"] for seat in here}) < sectors:
        return "no_quorum", None
    said = [seat["answer"] for seat in taking_part if seat["answer"] is not None]
    if method in ("plurality", "dots", "score", "runoff"):
        return _choice(said, method, options, tie)
    if method == "no_objection":
        return _silence(said, taking_part, over), None
    if method == "consent":
        return _consent(said, round_n), None
    if _adopts(said, here, taking_part, method, base, abstention, terms):
        return "adopted", None
    half = method == "majority" and _part(said, here, taking_part, base, abstention) == Fraction(1, 2)
    return ("deferred" if half and tie == "defers" else "not_adopted"), None


def _adopts(said, here, taking_part, method, base, abstention, terms):
    yes = said.count("yes")
    if method.startswith("consensus"):
        blocks = {"consensus": 0, "consensus_minus_one": 1, "consensus_minus_two": 2}[method]
        asides = terms["asides"]
        within = asides is None or said.count("aside") <= asides
        return said.count("block") <= blocks and yes > 0 and within
    if method == "unanimity":
        allowed = terms["abstentions"]
        return "no" not in said and yes > 0 and (allowed is None or said.count("abstain") <= allowed)
    if method == "fist_to_five":
        return bool(said) and min(said) >= terms["fingers"] and 0 not in said
    if method == "gradients":
        words = ["yes" if level <= 3 else "abstain" if level == 4 else "no" for level in said]
        part = _part(words, here, taking_part, base, abstention)
        return (
            8 not in said
            and said.count(7) <= terms["serious"]
            and part >= terms["share"]
            and words.count("yes") > 0
        )
    part = _part(said, here, taking_part, base, abstention)
    if method == "majority":
        return part > Fraction(1, 2)
    needed = Fraction(2, 3) if method == "two_thirds" else terms["share"]
    return yes > 0 and part >= needed


def _part(said, here, taking_part, base, abstention):
    """Yes as a part of what it is counted out of; nothing out of nothing."""
    cast = [
        answer
        for answer in said
        if answer in ("yes", "no") or (answer == "abstain" and abstention == "as_no")
    ]
    whole = {"cast": len(cast), "present": len(here), "all": len(taking_part)}[base]
    return Fraction(said.count("yes"), whole) if whole else Fraction(0)


def _consent(said, round_n):
    if "objects" in said:
        return "deferred" if round_n == 1 else "not_adopted"
    return "adopted" if "yes" in said else "not_adopted"


def _silence(said, taking_part, over):
    if "objects" in said:
        return "not_adopted"
    if not over:
        return "deferred"
    return "adopted" if all(seat["told"] for seat in taking_part) else "not_adopted"


def _by_somebody(taking_part, method, terms, over, decided):
    advised = [seat for seat in taking_part if seat["answer"] is not None]
    waits = method == "leader" and len(advised) < min(terms["advisers"], len(taking_part)) and not over
    if waits or decided is None:
        return "deferred"
    return "adopted" if decided else "not_adopted"


def _choice(said, method, options, tie):
    ballots = [answer for answer in said if answer != "abstain"]
    if method == "runoff":
        first = _runoff(ballots, options)
    else:
        totals = []
        for option in range(options):
            given = [int(answer == option) if method == "plurality" else answer[option] for answer in ballots]
            totals.append(sum(given))
        best = max(totals, default=0)
        first = [option for option in range(options) if totals[option] == best and best > 0]
    if not first:
        return "not_adopted", None
    if len(first) == 1 or tie == "order":
        return "adopted", first[0]
    return ("deferred" if tie == "defers" else "not_adopted"), None


def _runoff(ballots, options):
    """Who wins: one option, two that are tied, or none. Every round counts all ballots anew."""
    left, before = list(range(options)), []
    while True:
        now = dict.fromkeys(left, 0)
        for ballot in ballots:
            still = [option for option in ballot if option in left]
            if still:
                now[still[0]] += 1
        votes = sum(now.values())
        if not votes:
            return []
        leaders = [option for option in left if Fraction(now[option], votes) > Fraction(1, 2)]
        if leaders or len(left) == 1:
            return leaders or left
        if len(left) == 2:
            return left if now[left[0]] == now[left[1]] else [max(left, key=now.get)]
        before.append(now)
        left.remove(_weakest(left, before))


def _weakest(left, rounds):
    weakest = left
    for counted in reversed(rounds):
        fewest = min(counted[option] for option in weakest)
        weakest = [option for option in weakest if counted[option] == fewest]
    return max(weakest)
