"""Chromium's headless print of the letters that ``./portal bench letters`` measures, kept warm."""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from press.documents import Document
from tests.bench.press import CORES, Taken

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--allow-file-access-from-files")
PAPER = {"prefer_css_page_size": True, "print_background": True, "tagged": True}


def write_pages(folder: Path, letters: Sequence[Document]) -> None:
    """Each letter as a page beside letter.css, its fonts and its images, which lie there already."""
    for number, letter in enumerate(letters):
        head = f'<meta charset="utf-8"><title>{letter.title}</title><link rel="stylesheet" href="letter.css">'
        body = letter.html.replace("asset:", "")
        page = f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
        (folder / f"{number}.html").write_text(page)


def chromium_loop(folder: str, count: int) -> Taken:
    """Print pages 0 to `count` in one page of one browser on one core, which is opened and warm before."""
    os.sched_setaffinity(0, CORES[:1])
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = os.environ.get("PORTAL_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        page = browser.new_page()

        def print_one(number: int) -> None:
            page.goto(f"file://{folder}/{number}.html")
            assert page.pdf(**PAPER).startswith(b"%PDF")

        print_one(0)
        begun, used = time.perf_counter(), time.process_time()
        for number in range(count):
            print_one(number)
        taken = (time.perf_counter() - begun, time.process_time() - used)
        browser.close()
    return Taken(*(seconds * 1000 / count for seconds in taken))
