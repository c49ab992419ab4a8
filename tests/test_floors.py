"""An app imports, and keys, only from floors below (docs/architecture.md)."""

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.db import models

FLOORS = {
    "accounts": 1,
    "partners": 2,
    "letters": 3,
    "decisions": 3,
    "outreach": 4,
    "course": 5,
    "partnership_portal": 6,
}
ROOT = Path(__file__).parent.parent


def test_imports_go_down_from_floor_to_floor_and_inside_each_app() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, (
        f"{done.stdout}\nThe order is in pyproject.toml; a new module gets its place there."
    )


def test_the_order_inside_each_app_is_written_down_whole() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    whole = {name for one in contracts if one.get("exhaustive") for name in one["containers"]}
    apps_with_modules = {path.parent.name for path in ROOT.glob("*/*.py")} - {"tests", "ops", "course"}
    assert whole == apps_with_modules


def test_foreign_keys_go_down_and_leave_no_way_up() -> None:
    wrong = []
    for model in apps.get_models():
        own = FLOORS.get(model._meta.app_label)
        for field in model._meta.get_fields():
            if own is None or not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            target = field.related_model._meta.app_label
            if target == model._meta.app_label:
                continue
            if FLOORS.get(target, 0) >= own or not field.remote_field.hidden:
                wrong.append(f"{model._meta.label}.{field.name} -> {target}")
    assert wrong == []
