"""What came in from files of other directories, row by row (docs/data-model.md, "partners")."""

from __future__ import annotations

from django.db import models

from accounts.models import Job, Membership, StoredFile
from accounts.tenancy import PublicId, TenantModel
from partners.enums import RowState


class ImportBatch(TenantModel, PublicId):
    """One run of an import: which source, which file, what came of it.

    `kept` are rows that belong to no record of ours, such as a taxonomy's, verbatim by file.
    """

    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.source} on {self.at:%Y-%m-%d}"


class ImportRow(TenantModel):
    """One row of an import, as read, with what became of it; kept 90 days.

    `row` counts as a spreadsheet does. `problem` is a Problem as plain values (interchange/problems.py), so
    that its sentence is in the reader's language; empty where nothing is wrong.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    file_name = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    entity = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=RowState.choices)
    problem = models.JSONField(default=dict, blank=True)
    raw = models.JSONField()
    target_uid = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["file_name", "row", "pk"]

    def __str__(self) -> str:
        return f"{self.file_name}, row {self.row}: {self.state}"


class ExternalId(TenantModel):
    """What another directory calls one of our rows, and what it last said of it: re-imports are three-way."""

    source = models.CharField(max_length=120)
    entity = models.CharField(max_length=20)
    external_id = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    last_values = models.JSONField(default=dict)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "source", "entity", "external_id"], name="external_id_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.entity} {self.external_id}"
