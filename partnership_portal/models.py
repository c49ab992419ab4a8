"""The table of the portal as a whole: what was purged."""

from django.db import models


class PurgeRecord(models.Model):
    """One line of what a purge deleted, in words and without names of persons. Insert-only."""

    at = models.DateTimeField()
    what = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.what
