"""How many seats gave each answer, in words: for the sentence of an outcome, and one square a seat beside it.

Options are named by their number in the list, from 1: what they say can be personal, and the register keeps
the sentence.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from decisions.ballots import Levels, Words
from decisions.figures import Figures
from decisions.methods import GRADIENT_ABSTAINS, METHODS, SERIOUS, SUPPORTS, VETO
from decisions.rule import Answer, Method


def answers_given(figures: Figures) -> str:
    """Each answer that the method offers with its count. What nobody gave is left out, save for yes and no
    and for options."""
    key = Method(figures["method"])
    shape = METHODS[key].shape
    if isinstance(shape, Words):
        offered = shape.answers
        said = [_count_of(one, key, _given(figures, one)) for one in offered if _is_said(figures, one)]
    elif isinstance(shape, Levels):
        words = (
            _("%(n)d at %(level)d of 5 fingers") if key is Method.FIST else _("%(n)d at level %(level)d of 8")
        )
        said = [words % {"n": n, "level": level} for level, n in _levels(figures, key, shape)]
    else:
        said = [option_with(option, n) for option, n in enumerate(figures["totals"])]
        said += [_count_of(Answer.ABSTAIN, key, figures["abstain"])] if figures["abstain"] else []
    return ", ".join(said) or _("no answers")


def _given(figures: Figures, answer: Answer) -> int:
    return figures.get(answer.value, 0)  # type: ignore[return-value]


def _is_said(figures: Figures, answer: Answer) -> bool:
    return bool(_given(figures, answer)) or answer in (Answer.YES, Answer.NO)


def _count_of(answer: Answer, key: Method, n: int) -> str:
    if key is Method.LEADER:
        text = {
            Answer.YES: ngettext("%(n)d advises it", "%(n)d advise it", n),
            Answer.NO: ngettext("%(n)d advises against it", "%(n)d advise against it", n),
            Answer.ABSTAIN: ngettext("%(n)d gives no advice", "%(n)d give no advice", n),
        }[answer]
    else:
        text = {
            Answer.YES: ngettext("%(n)d yes", "%(n)d yes", n),
            Answer.NO: ngettext("%(n)d no", "%(n)d no", n),
            Answer.ABSTAIN: ngettext("%(n)d abstained", "%(n)d abstained", n),
            Answer.ASIDE: ngettext("%(n)d stands aside", "%(n)d stand aside", n),
            Answer.BLOCK: ngettext("%(n)d cannot live with it", "%(n)d cannot live with it", n),
            Answer.OBJECTS: ngettext("%(n)d objects", "%(n)d object", n),
        }[answer]
    return text % {"n": n}


def _levels(figures: Figures, key: Method, shape: Levels) -> list[tuple[int, int]]:
    """The levels that somebody chose and how many did, the most agreeing first."""
    chosen = [(level, n) for level, n in enumerate(figures["levels"], start=shape.least) if n]
    return chosen[::-1] if key is Method.FIST else chosen


def option_with(option: int, n: int) -> str:
    """An option, by its place from 0, and what it got: "option 2: 5"."""
    return _("option %(option)d: %(n)d") % {"option": option + 1, "n": n}


def tally(figures: Figures) -> list[tuple[str, int, str]]:
    """One square a seat: the answer's code, how many, and the word after the number."""
    key = Method(figures["method"])
    shape = METHODS[key].shape
    if isinstance(shape, Words):
        shown = [
            (one.value, _given(figures, one), _tally_word(one, _given(figures, one)))
            for one in shape.answers
            if _given(figures, one)
        ]
    elif isinstance(shape, Levels):
        shown = [
            (level_code(key, level), n, _("at %(level)d") % {"level": level})
            for level, n in _levels(figures, key, shape)
        ]
    else:
        shown = _option_squares(figures)
    if figures["silent"]:
        shown.append(("none", figures["silent"], _("no answer")))
    if figures["recused"]:
        n = figures["recused"]
        shown.append(("out", n, ngettext("stepped out", "stepped out", n)))
    return shown


def level_code(key: Method, level: int) -> str:
    """The square of a level, as partials/marks/square.html names them."""
    if key is Method.FIST:
        return "yes" if level >= 3 else "no" if level else "block"
    if level == VETO:
        return "block"
    if level in SUPPORTS:
        return "yes"
    return "abstain" if level == GRADIENT_ABSTAINS else "no" if level == SERIOUS else "aside"


def _option_squares(figures: Figures) -> list[tuple[str, int, str]]:
    answered = figures["eligible"] - figures["silent"] - figures["abstain"]
    found = [("yes", answered, ngettext("chose", "chose", answered))] if answered else []
    if figures["abstain"]:
        n = figures["abstain"]
        found.append(("abstain", n, ngettext("abstains", "abstain", n)))
    return found


def _tally_word(answer: Answer, n: int) -> str:
    return {
        Answer.YES: ngettext("yes", "yes", n),
        Answer.NO: ngettext("no", "no", n),
        Answer.ABSTAIN: ngettext("abstains", "abstain", n),
        Answer.ASIDE: ngettext("stands aside", "stand aside", n),
        Answer.BLOCK: ngettext("cannot live with it", "cannot live with it", n),
        Answer.OBJECTS: ngettext("objects", "object", n),
    }[answer]
