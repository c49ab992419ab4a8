"""Spanish is whole: a string without a translation fails here."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from partnership_portal.management.commands.messages import ELSEWHERE

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """locale/es as it would be after `./portal manage messages`.

    In a copy of the code: the command leaves files beside the templates while it runs, and several may run.
    """
    folder = tmp_path_factory.mktemp("locale")
    code = tmp_path_factory.mktemp("portal") / "code"
    shutil.copytree(ROOT, code, ignore=shutil.ignore_patterns(*ELSEWHERE, ".*"))
    kept = ROOT / "locale/es/LC_MESSAGES/django.po"
    (folder / "es/LC_MESSAGES").mkdir(parents=True)
    if kept.exists():
        shutil.copy(kept, folder / "es/LC_MESSAGES/django.po")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LOCALE_PATHS", [folder])
        patch.chdir(code)
        call_command("messages", verbosity=0)
    return polib.pofile(str(folder / "es/LC_MESSAGES/django.po"))


def test_every_string_has_its_spanish(collected: polib.POFile) -> None:
    assert [entry.msgid for entry in collected.untranslated_entries()] == []
    assert [entry.msgid for entry in collected.fuzzy_entries()] == []


def test_every_value_in_a_sentence_is_in_its_spanish_too(collected: polib.POFile) -> None:
    lost = [
        entry.msgid
        for entry in collected
        for spanish in entry.msgstr_plural.values() or [entry.msgstr]
        if not set(PLACEHOLDER.findall(spanish)) <= set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        or (
            not entry.msgid_plural
            and set(PLACEHOLDER.findall(entry.msgid)) - set(PLACEHOLDER.findall(spanish))
        )
    ]
    assert lost == []


def test_spanish_speaks_to_adults_with_respect(collected: polib.POFile) -> None:
    familiar = re.compile(r"\b(tú|tu|tus|te|contigo|vosotros|vuestro)\b", re.IGNORECASE)
    assert [entry.msgstr for entry in collected if familiar.search(entry.msgstr)] == []
