"""Reading PDFs in tests."""

import subprocess


def text_of(content: bytes) -> str:
    """The text of a PDF, line by line, as poppler finds it."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()
