"""What a file is, by its content: its name may say what it likes."""

import io
import zipfile

import pytest

from partners.uploads import DOCX, JPEG, PDF, PNG, read_upload


def packed(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "kept", "media_type"),
    [
        ("insurance.pdf", b"%PDF-1.7 ...", "insurance.pdf", PDF),
        ("INSURANCE.PDF", b"%PDF-1.7 ...", "INSURANCE.pdf", PDF),
        ("insurance.exe", b"%PDF-1.7 ...", "insurance.exe.pdf", PDF),
        ("scan", b"\x89PNG\r\n\x1a\n...", "scan.png", PNG),
        ("photo.jpeg", b"\xff\xd8\xff\xe0...", "photo.jpg", JPEG),
        ("Póliza 2027.docx", packed(*WORD), "Póliza 2027.docx", DOCX),
        ("C:\\papers\\w9.pdf", b"%PDF-1.4", "w9.pdf", PDF),
        ("../../etc/passwd", b"%PDF-1.4", "passwd.pdf", PDF),
        ('a"\r\nb.pdf', b"%PDF-1.4", "ab.pdf", PDF),
        (".pdf", b"%PDF-1.4", "pdf.pdf", PDF),
        ("", b"%PDF-1.4", "paper.pdf", PDF),
        ("x" * 200 + ".pdf", b"%PDF-1.4", "x" * 100 + ".pdf", PDF),
    ],
    ids=range(12),
)
def test_a_file_is_kept_as_what_it_is(name: str, content: bytes, kept: str, media_type: str) -> None:
    upload = read_upload(name, content)
    assert upload is not None
    assert (upload.name, upload.media_type, upload.content) == (kept, media_type, content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>1</script>",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        packed("sheet.xml"),
        packed(*WORD, "word/vbaProject.bin"),
        packed(*WORD)[:60],
        b"PK\x03\x04 and nothing",
    ],
    ids=["nothing", "program", "page", "gif", "svg", "sheet", "macro", "cut-off", "no-zip"],
)
def test_anything_else_is_refused_whatever_its_name(content: bytes) -> None:
    assert read_upload("insurance.pdf", content) is None
