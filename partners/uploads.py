"""Files that people hand over with papers and agreements: what they are is read from their content."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import dataclass

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", DOCX: ".docx"}
ACCEPTED = ",".join(ENDINGS.values())
"""What a file field offers in the browser."""
PARTS_OF_A_DOCX = {"[Content_Types].xml", "word/document.xml"}
MACROS = "word/vbaProject.bin"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it is kept: its name with the ending of what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes

    def __str__(self) -> str:
        return self.name


def read_upload(name: str, content: bytes) -> Upload | None:
    """The file as it is kept; None where it is no PDF, PNG, JPEG or DOCX, whatever its name says."""
    media_type = media_type_of(content)
    return None if media_type is None else Upload(_name(name, ENDINGS[media_type]), media_type, content)


def media_type_of(content: bytes) -> str | None:
    """What a file is by its first bytes, a DOCX by its parts; None for anything else, and for macros."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    return DOCX if content.startswith(b"PK\x03\x04") and _is_docx(content) else None


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = set(packed.namelist())
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError):
        return False
    return parts >= PARTS_OF_A_DOCX and MACROS not in parts


def _name(name: str, ending: str) -> str:
    """A file name without folders and signs of control, and with the ending of what the file is."""
    bare = re.sub(r"[\x00-\x1f\x7f\"\\]", "", re.split(r"[/\\]", name)[-1]).strip(". ")
    stem, given = os.path.splitext(bare)
    if given.lower() not in (ending, ".jpeg" if ending == ".jpg" else ending):
        stem = bare
    return f"{stem[:LONGEST_NAME] or 'paper'}{ending}"
