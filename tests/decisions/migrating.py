"""Decisions as of an earlier migration, and back to today's."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(to: tuple[str, str]) -> Any:
    """The models as of that migration."""
    return MigrationExecutor(connection).migrate([to]).apps


def migrate_to_now() -> Any:
    """The models of today: another test of this database needs each of its columns."""
    [latest] = MigrationExecutor(connection).loader.graph.leaf_nodes("decisions")
    return migrate(latest)
