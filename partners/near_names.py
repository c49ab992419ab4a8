"""Names that are almost the same: a word is misspelt, small words are missing, or the order is another. Pure.

Names are in the form of `partners.search.spelled_out`. A word is misspelt by one letter: it is missing, one
too many, another one, or stands on the other side of the next. The first letter counts as right, as it mostly
is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, permutations

# Words that tell nothing of who it is.
SMALL = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"),
        *("de", "del", "el", "en", "la", "las", "los", "para", "y"),
        *("company", "corporation", "incorporated", "limited", "llc", "ltd"),
    )
)
SHORTEST = 5  # letters of a word that may be misspelt
LETTERS_A_SLIP = 7  # in a name, for each misspelt word
SLIPS = 2
CROWD = 40  # names that may be one by their words: more say nothing of any two
Telling = tuple[str, ...]


def telling(name: str) -> Telling:
    """The words of a name that tell who it is, by the alphabet; all of them where none does."""
    words = sorted(name.split())
    return tuple(word for word in words if word not in SMALL) or tuple(words)


def are_near(one: Telling, other: Telling) -> bool:
    """Whether two names are the same but for small words, order and misspelt words."""
    lacks, has = ([*(Counter(a) - Counter(b)).elements()] for a, b in ((one, other), (other, one)))
    if len(lacks) != len(has) or len(lacks) > SLIPS:
        return False
    if LETTERS_A_SLIP * len(lacks) > min(len("".join(one)), len("".join(other))):
        return False
    return any(all(map(is_slip, lacks, words)) for words in permutations(has))


def is_slip(one: str, other: str) -> bool:
    """Whether one of two words may be the other, misspelt."""
    if one[0] != other[0] or max(len(one), len(other)) < SHORTEST or not (one + other).isalpha():
        return False
    while one[:1] == other[:1] != "":
        one, other = one[1:], other[1:]
    return (
        one[1:] == other[1:]
        or one == other[1:]
        or one[1:] == other
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def near_pairs(names: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """The keys of names, given with them, that are near but not alike; the lower key first.

    The work grows with the names: those are compared whose words slips may lead to from one another.
    """
    known = dict(names)
    told = {key: telling(name) for key, name in known.items()}
    heads = _heads({word for words in told.values() for word in words})
    blocks: dict[Telling, list[int]] = defaultdict(list)
    for key, words in told.items():
        blocks[tuple(sorted(heads[word] for word in words))].append(key)
    for keys in blocks.values():
        if len(keys) <= CROWD:
            for one, other in combinations(sorted(keys), 2):
                if known[one] != known[other] and are_near(told[one], told[other]):
                    yield one, other


def _heads(words: Iterable[str]) -> dict[str, str]:
    """For each word one that stands for all to which slips may lead from it, over others, too."""
    heads: dict[str, str] = {}

    def head(word: str) -> str:
        while heads[word] != word:
            heads[word] = word = heads[heads[word]]
        return word

    without: dict[str, str] = {}
    for word in sorted(words):
        heads[word] = word
        for rest in _rests(word):
            heads[head(without.setdefault(rest, word))] = head(word)
    return {word: head(word) for word in heads}


def _rests(word: str) -> set[str]:
    """The word, and without each letter but the first: two that are a slip apart share one."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)) if word.isalpha())}
