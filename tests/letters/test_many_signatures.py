"""Sixteen threads sign the letters of one school: as many numbers as letters, each with its row."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django_scopes import scope

from letters import services
from letters.models import Letter, LetterNumber, NumberSeries, SignedLetter
from tests.conftest import Cast
from tests.full import FULL
from tests.letters.conftest import fill_school, make_letter, make_partnership
from tests.press.running import RunningPress

THREADS = 16
LETTERS = 64 if FULL else 7


def test_sixteen_threads_take_as_many_numbers_as_they_sign_letters(committed_cast: Cast, press: RunningPress):
    cast = committed_cast
    fill_school(cast.quillback)
    partnership = make_partnership(cast.quillback)
    letters = [make_letter(cast, partnership) for _ in range(LETTERS)]

    def sign(letter: Letter) -> str:
        try:
            with scope(district=cast.larkmoor):
                signed = services.sign_letter(letter=letter, version=letter.version, by=cast.principal)
                return signed.reference
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        references = list(pool.map(sign, letters))
    numbers = [number.number for number in LetterNumber.objects.order_by("number")]
    assert numbers == list(range(1, LETTERS + 1))
    assert NumberSeries.objects.get().last == LETTERS
    assert len(set(references)) == LETTERS
    assert SignedLetter.objects.count() == LETTERS
    assert list(LetterNumber.objects.unfinished()) == []


def test_sixteen_threads_sign_one_letter_once(committed_cast: Cast, press: RunningPress):
    cast = committed_cast
    fill_school(cast.quillback)
    letter = make_letter(cast, make_partnership(cast.quillback))

    def sign(_: int) -> str:
        try:
            with scope(district=cast.larkmoor):
                own = Letter.objects.get(pk=letter.pk)
                own.version, own.state = letter.version, letter.state
                return services.sign_letter(letter=own, version=letter.version, by=cast.principal).reference
        except Exception as error:
            return type(error).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = sorted(pool.map(sign, range(THREADS)))
    assert answers[: THREADS - 1] == ["ChangedMeanwhile"] * (THREADS - 1)
    assert LetterNumber.objects.count() == 1
