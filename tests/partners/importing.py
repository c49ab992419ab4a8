"""A walk through the pages of an import, as a browser without script takes it."""

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts import attempts
from partners import tasks
from partners.models import ImportBatch

ADDRESS = "/d/larkmoor/partners/import/"
Committing = Callable[..., Any]


def words(response: Any) -> str:
    """The words of a page."""
    text = response.content.decode()
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text[text.index("<main") :]).split()))


def run_jobs_at_once(patch: pytest.MonkeyPatch, settings: Any, folder: Path) -> None:
    """Jobs run where they are sent, files lie in a folder of the test."""
    patch.setattr(current_app, "send_task", lambda name, args=(), **how: tasks.take_in(*args))
    patch.setattr(attempts, "EVERY", 3600)  # no other connection sees what a test has not committed
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": storage}


class Importing:
    """One person importing; jobs run where they are queued."""

    def __init__(self, client: Client, commit: Committing) -> None:
        self.client, self.commit = client, commit

    @property
    def batch(self) -> ImportBatch:
        """The latest import."""
        batch: ImportBatch = ImportBatch.objects.order_by("-pk")[0]
        return batch

    def hand_over(self, content: bytes, name: str = "partners.csv", source: str = "") -> Any:
        """The page to which the upload leads."""
        return self.hand_over_all({name: content}, source)

    def hand_over_all(self, files: dict[str, bytes], source: str = "") -> Any:
        """The page to which the upload of several files leads."""
        uploads = [SimpleUploadedFile(name, content) for name, content in files.items()]
        with self.commit(execute=True):
            return self.client.post(ADDRESS, {"upload": uploads, "source": source}, follow=True)

    def post(self, step: str = "", **data: Any) -> Any:
        """Press a button of a step, of the latest look where none is named; the page that follows."""
        if self.batch.job:
            data = {"look": str(self.batch.job.uid)} | data
        with self.commit(execute=True):
            self.client.post(f"{ADDRESS}{self.batch.uid}/{step}", data)
        return self.client.get(f"{ADDRESS}{self.batch.uid}/", follow=True)

    def look(self, **columns: str) -> Any:
        """Take the columns as they were guessed, but for these; the preview, or the question of schools."""
        options = self.batch.options
        data = {f"column-{n}": options["columns"][name] for n, name in enumerate(options["names"])}
        data |= {f"column-{options['names'].index(name)}": field for name, field in columns.items()}
        return self.post("columns/", stage=options["stage"], school=options["school"], **data)

    def whole(self, content: bytes, name: str = "partners.csv", **choices: Any) -> Any:
        """From the file to the outcome, with every guess taken."""
        self.hand_over(content, name)
        self.look()
        return self.post("apply/", **choices)
