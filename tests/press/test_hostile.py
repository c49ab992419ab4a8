"""Whatever a document holds, the press opens no file and no socket for it, as two watchers see who cannot see
each other: an audit hook inside the child, and strace outside."""

import pytest

from press.documents import Pdf, Reason
from tests.full import FULL
from tests.press.hostile import HOSTILE, NEARBY, PASSWD, Hostile, picture
from tests.press.running import letter
from tests.press.watching import Seen, need_tracing, watch

OPENED = 'openat(AT_FDCWD, "/etc/passwd", '

TRIED = HOSTILE if FULL else HOSTILE[::10]


@pytest.fixture(scope="module")
def traced() -> None:
    need_tracing()


@pytest.fixture(scope="module")
def seen(traced: None) -> dict[str, Seen]:
    return dict(zip((each.name for each in TRIED), watch([each.document for each in TRIED]), strict=True))


def kind(answer: object) -> type[Pdf] | Reason:
    return Pdf if isinstance(answer, Pdf) else answer.reason


def test_there_are_a_hundred_different_ones():
    assert len({(each.name, repr(each.document)) for each in HOSTILE}) == len(HOSTILE) == 100


@pytest.mark.parametrize("hostile", TRIED, ids=lambda hostile: hostile.name[:60])
def test_no_file_and_no_socket_is_opened_for_a_hostile_document(hostile: Hostile, seen: dict[str, Seen]):
    one = seen[hostile.name]
    assert (kind(one.answer), one.audited, one.traced) == (hostile.expected, [], [])


def test_both_watchers_see_what_a_press_without_guards_opens(traced: None):
    file, web = watch([letter(picture(PASSWD)), letter(picture(NEARBY))], "careless")
    assert [call[:21] for call in file.audited if call.startswith("open ('/etc/")] == [
        "open ('/etc/passwd', "
    ]
    assert [call[: len(OPENED)] for call in file.traced if call.startswith(OPENED)] == [OPENED]
    assert [call.split()[0] for call in web.audited if call.startswith("socket.")] == [
        "socket.getaddrinfo",
        "socket.__new__",
        "socket.connect",
    ]
    assert [call.split("(")[0] for call in web.traced if call.startswith(("socket", "connect"))] == [
        "socket",
        "connect",
    ]
