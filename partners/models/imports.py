"""What came in from files of other directories, row by row (docs/data-model.md, "partners")."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Job, Membership, School, StoredFile
from accounts.tenancy import PublicId, TenantModel
from partners.enums import RowState


class ImportBatch(TenantModel, PublicId):
    """One run of an import: which source, which file, what came of it.

    `kept` are rows that belong to no record of ours, such as a taxonomy's, verbatim by file. `options` are
    what was chosen on the way: columns, schools, what may overwrite our own edits. Until `applied_at` it is a
    preview.
    """

    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)
    kept = models.JSONField(default=dict)
    options = models.JSONField(default=dict, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False, applied_at__isnull=False),
                name="import_batch_undone_at_and_by",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} on {self.at:%Y-%m-%d}"


class ImportRow(TenantModel):
    """One row of an import, as read, with what became of it; kept 90 days.

    `row` counts as a spreadsheet does. `problem` is a Problem as plain values (interchange/problems.py), so
    that its sentence is in the reader's language; empty where nothing is wrong. `changes` is field by field
    what the record says and what the row would make of it, {field: [ours, theirs]}; `before` is what an undo
    puts back: the fields of the record that were written, and what its ExternalId said.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    file_name = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    entity = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=RowState.choices)
    problem = models.JSONField(default=dict, blank=True)
    raw = models.JSONField()
    changes = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    target_uid = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["file_name", "row", "pk"]
        indexes = [models.Index(fields=["batch", "state"], name="import_row_by_state")]

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
        indexes = [models.Index(fields=["district", "entity", "object_id"], name="external_id_of_record")]

    def __str__(self) -> str:
        return f"{self.source} {self.entity} {self.external_id}"


class SchoolAlias(TenantModel):
    """What other people's files call a school, in the normal form of partners/search.py: asked once."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    alias = models.CharField(max_length=255)

    class Meta:
        ordering = ["alias"]
        constraints = [models.UniqueConstraint(fields=["district", "alias"], name="school_alias_unique")]

    def __str__(self) -> str:
        return f"{self.alias}: {self.school}"


class ImportMapping(TenantModel):
    """Which column of a sheet is which field, as somebody last said for these headers.

    `header_hash` is the SHA-256 of the headers in their normal form, in hexadecimal digits.
    """

    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "header_hash"], name="import_mapping_once")
        ]

    def __str__(self) -> str:
        return self.header_hash
