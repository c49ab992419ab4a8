"""A folder, a zip file or several CSV files are opened; what is unsafe is refused before it is unpacked."""

import contextlib
import io
import stat
import zipfile
from pathlib import Path

import pytest

from partners.interchange import source
from partners.interchange.problems import Problem, Refused
from partners.interchange.source import from_folder, from_uploads


def zipped(**files: str) -> io.BytesIO:
    return packed({name.replace("__", "/") + ".csv": text for name, text in files.items()})


def packed(files: dict[str, str]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    stream.seek(0)
    return stream


def refusal(*uploads: tuple[str, io.BytesIO]) -> str:
    with pytest.raises(Refused) as caught:
        from_uploads(uploads)
    return str(caught.value)


def test_a_folder_gives_its_csv_files(tmp_path: Path) -> None:
    (tmp_path / "Services.CSV").write_text("id")
    (tmp_path / "SOURCE.txt").write_text("where from")
    assert from_folder(tmp_path) == {"services.csv": b"id"}


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        from_folder(tmp_path)
    assert str(caught.value) == f"{tmp_path.name}: there are no CSV files here"


def test_a_zip_gives_its_csv_files_in_whatever_folder_they_lie() -> None:
    files = packed(
        {"export/services.csv": "id", "export/": "", "__MACOSX/export/._services.csv": "x", "a.txt": "y"}
    )
    assert from_uploads([("export.zip", files)]) == {"services.csv": b"id"}


def test_several_csv_files_are_taken_together() -> None:
    uploads = [("services.csv", io.BytesIO(b"id")), ("contacts.csv", io.BytesIO(b"name"))]
    assert from_uploads(uploads) == {"services.csv": b"id", "contacts.csv": b"name"}


def test_two_files_of_one_name_are_refused() -> None:
    assert refusal(("a.zip", packed({"x/services.csv": "1", "y/services.csv": "2"}))) == (
        "services.csv: two files have this name"
    )
    assert refusal(("services.csv", io.BytesIO(b"1")), ("services.csv", io.BytesIO(b"2"))) == (
        "services.csv: two files have this name"
    )


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "C:/services.csv", "x\\..\\services.csv"]
)
def test_a_name_that_leads_out_of_the_zip_is_refused(name: str) -> None:
    assert refusal(("a.zip", packed({name: "id"}))) == (
        f"a.zip: the zip file holds a name that leads outside of it: {name}"
    )


def test_a_link_in_a_zip_is_refused() -> None:
    link = zipfile.ZipInfo("services.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert (
        refusal(("a.zip", stream))
        == "a.zip: the zip file holds a name that leads outside of it: services.csv"
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({"services.csv": "0" * 101 * source.MEGABYTE})
    assert len(bomb.getvalue()) < source.MEGABYTE
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("it was unpacked"))
    assert refusal(("a.zip", bomb)) == "a.zip: the files are larger than 100 MB together"


def test_a_file_that_becomes_hundreds_of_times_as_large_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("it was unpacked"))
    bomb = packed({"services.csv": "0" * 20 * source.MEGABYTE})
    assert refusal(("a.zip", bomb)).startswith("a.zip: unpacked, services.csv would be 10")


def test_a_zip_in_a_zip_is_refused() -> None:
    assert refusal(("a.zip", packed({"inner.zip": "PK"}))) == (
        "a.zip: there is a zip file inside: inner.zip; unpack it first"
    )


def test_too_many_files_are_refused() -> None:
    many = packed({f"{n}.csv": "" for n in range(201)})
    assert refusal(("a.zip", many)) == "a.zip: there are more than 200 files"


def test_a_large_upload_is_refused() -> None:
    large = io.BytesIO(b"0" * (20 * source.MEGABYTE + 1))
    assert refusal(("services.csv", large)) == "the files are larger than 20 MB together"


def test_a_locked_zip_is_refused() -> None:
    locked = bytearray(zipped(services="id").getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    assert refusal(("a.zip", io.BytesIO(bytes(locked)))) == (
        "a.zip: the zip file asks for a password; make one without"
    )


def test_a_zip_that_lies_about_a_size_or_is_cut_off_is_refused() -> None:
    whole = zipped(services="id,name\n" * 50).getvalue()
    damaged = bytearray(whole)
    damaged[whole.index(b"services.csv") + 14] ^= 0xFF
    assert refusal(("a.zip", io.BytesIO(bytes(damaged)))) == "a.zip: this is not a whole zip file"
    assert refusal(("a.zip", io.BytesIO(whole[:-30]))) == "a.zip: this is neither a zip file nor a CSV file"


def test_a_sheet_is_refused_as_neither_zip_nor_csv() -> None:
    assert (
        refusal(("report.pdf", io.BytesIO(b"%PDF")))
        == "report.pdf: this is neither a zip file nor a CSV file"
    )
    assert refusal(("empty.zip", packed({"a.txt": "x"}))) == "empty.zip: there are no CSV files here"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_is_damaged_anywhere_is_refused_and_nothing_else(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("export/organizaciónes.csv", "id,name\n" + "1,Tamarack\n" * 20)
    whole = stream.getvalue()
    for place in range(len(whole)):
        damaged = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        with contextlib.suppress(Refused):
            from_uploads([("export.zip", io.BytesIO(damaged))])


@pytest.mark.parametrize("name", ["", ".", "/"])
def test_a_name_that_names_nothing_is_passed_over(name: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        odd = zipfile.ZipInfo("x")
        odd.filename = name
        archive.writestr(odd, "x")
        archive.writestr("services.csv", "id")
    assert from_uploads([("export.zip", stream)]) == {"services.csv": b"id"}


def test_a_note_names_our_fields_as_pages_do() -> None:
    note = Problem("ours_kept", row=3, values={"fields": "phone, postal_code"})
    assert str(note) == (
        "row 3: the phone number, the ZIP code: the list says something else than we do; ours stays"
    )
