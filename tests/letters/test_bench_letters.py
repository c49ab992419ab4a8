"""``./portal bench letters`` on small numbers: what it reckons, not how fast this machine is."""

import pytest

from tests.bench._letters_chromium import write_pages
from tests.bench._letters_portal import preview_p95, school_with_people
from tests.bench.letters import paired, peak, size
from tests.bench.press import Taken
from tests.press.running import RunningPress
from tests.press.standard import standard_letter


def test_of_the_rounds_the_best_ratio_counts() -> None:
    def one(plain: float, batch: float, chromium: float):  # type: ignore[no-untyped-def]
        ways = {"plain": Taken(plain, plain), "one_core": Taken(batch, batch)}
        return ways, Taken(chromium, 1.0)

    figures = paired([one(100, 50, 200), one(90, 30, 90)])
    assert (figures["one_core_x_plain"], figures["x_chromium"], figures["chromium_ms"]) == (3.0, 4.0, 90.0)


def test_bytes_and_peak_are_those_of_the_standard_letter(one_press: RunningPress) -> None:
    letters = [standard_letter(number) for number in range(2)]
    [made] = one_press.make(letters[0])
    assert size(one_press, letters[0]) == len(made.content)
    assert 50 < peak(letters) < 700


def test_chromium_gets_pages_that_find_their_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    write_pages(tmp_path, [standard_letter(0)])
    page = (tmp_path / "0.html").read_text()
    assert ('href="letter.css"' in page, 'src="logo.jpg"' in page, "asset:" in page) == (True, True, False)


@pytest.mark.django_db
def test_the_preview_is_asked_for_as_by_a_browser(press: RunningPress) -> None:
    school, people = school_with_people()
    assert preview_p95(school, people, 20) > 0
