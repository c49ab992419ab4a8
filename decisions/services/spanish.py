"""A question in Spanish, beside the one that was asked, with the words of a further round and its options."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import Membership
from decisions.models import Decision, Round
from decisions.register import Sealer, append

from .errors import InSpanishAlready, RoundBegan
from .options import in_spanish
from .while_open import touch


def add_spanish(
    *,
    decision: Decision,
    question_es: str = "",
    meaning_es: str = "",
    text_es: str = "",
    options_es: Sequence[str] = (),
    round_n: int | None = None,
    by: Membership,
) -> None:
    """Write an open question in Spanish, too, for those who read it; each text once, since it was asked as it
    stands.

    `text_es` and `options_es` are those of the present round, `round_n`: the one that their writer saw.
    Raises AlreadyClosed, InSpanishAlready, OptionsApart, RoundBegan.
    """
    with transaction.atomic():
        touch(decision)
        asked = decision.rounds.latest("n")
        if round_n not in (None, asked.n):
            raise RoundBegan
        parts: list[tuple[Decision | Round, str, dict[str, Any]]] = [
            (decision, "sealed", {"question_es": question_es.strip(), "meaning_es": meaning_es.strip()}),
            (asked, "asked", {"text_es": text_es.strip()}),
            (asked, "options_es", {"options_es": in_spanish(options_es, asked.options)}),
        ]
        sealer = Sealer()
        kept = {field: sealer.digest(**texts) for row, field, texts in parts if _once(row, texts)}
        if kept:
            _register(decision, asked, kept, sealer, by)
    decision.version += 1


def _once(row: Decision | Round, texts: dict[str, Any]) -> bool:
    """Write texts beside a row that has not the first of them yet, if that says anything. Out: whether it
    does. Raises InSpanishAlready."""
    first = next(iter(texts))
    if not texts[first]:
        return False
    model: Any = type(row)
    nothing = type(texts[first])()
    if not model.objects.filter(pk=row.pk, **{first: nothing}).update(**texts):
        raise InSpanishAlready
    for name, text in texts.items():
        setattr(row, name, text)
    return True


def _register(decision: Decision, asked: Round, kept: dict[str, str], sealer: Sealer, by: Membership) -> None:
    append(
        district_id=decision.district_id,
        decision_uid=decision.uid,
        kind="in_spanish",
        fields={
            "round": asked.n,
            "choices": len(asked.options),
            **kept,
            "by": sealer.name("written_by", by),
        },
        sealer=sealer,
    )
