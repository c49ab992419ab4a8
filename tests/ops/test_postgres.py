import os
from pathlib import Path
from typing import Any

import pytest

from ops import postgres
from ops.words import Problem


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(postgres, "DATA", tmp_path)
    monkeypatch.setattr(postgres, "CLUSTER", tmp_path / "postgres")
    monkeypatch.setattr(postgres, "HALF_MADE", tmp_path / "postgres.new")
    monkeypatch.setattr(postgres, "PID_FILE", tmp_path / "postgres" / "postmaster.pid")
    monkeypatch.setattr(postgres, "PROGRAMS", tmp_path / "programs")
    monkeypatch.setattr(postgres, "private_folder", lambda folder: folder)
    monkeypatch.setattr(postgres, "sockets", lambda: tmp_path)
    return tmp_path


def test_a_pid_file_whose_number_is_another_programs_is_stale(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    postgres.CLUSTER.mkdir()
    postgres.PID_FILE.write_text(f"{os.getpid()}\n{postgres.CLUSTER}\n")
    assert postgres.running_pid() is None
    postgres._remove_stale_pid()
    assert not postgres.PID_FILE.exists()
    assert capsys.readouterr().err == (
        "portal: PostgreSQL's pid file was left behind by a server that no longer runs; removing it.\n"
    )


def test_a_server_runs_where_its_process_lives_in_the_cluster(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.CLUSTER.mkdir()
    postgres.PID_FILE.write_text(f"{os.getpid()}\n")
    monkeypatch.chdir(postgres.CLUSTER)
    assert postgres.running_pid() == os.getpid()


def test_no_pid_file_and_a_broken_one_mean_that_it_is_down(data: Path) -> None:
    assert postgres.running_pid() is None
    postgres.CLUSTER.mkdir()
    postgres.PID_FILE.write_text("not a number\n")
    assert postgres.running_pid() is None


def test_a_cluster_left_half_made_is_made_anew(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def initdb(words: list[str], **_: Any) -> str:
        assert not postgres.HALF_MADE.exists()
        postgres.HALF_MADE.mkdir()
        (postgres.HALF_MADE / "PG_VERSION").write_text("15\n")
        return ""

    monkeypatch.setattr(postgres, "run", initdb)
    make_programs(data, "15")
    postgres.HALF_MADE.mkdir()
    (postgres.HALF_MADE / "base").mkdir()
    postgres._make()
    assert sorted(path.name for path in postgres.CLUSTER.iterdir()) == ["PG_VERSION"]
    assert not postgres.HALF_MADE.exists()
    assert capsys.readouterr().err == (
        "portal: a PostgreSQL cluster was left half made; making it anew.\n"
        "portal: making the private PostgreSQL cluster\n"
    )


def test_data_of_a_version_that_is_gone_is_named(data: Path) -> None:
    make_programs(data, "17")
    postgres.CLUSTER.mkdir()
    (postgres.CLUSTER / "PG_VERSION").write_text("15\n")
    with pytest.raises(Problem) as told:
        postgres._programs()
    assert told.value.what == "the data was made by PostgreSQL 15, which is no longer installed."
    assert told.value.do == ("Install postgresql-15, or start anew, without the data, by ./portal reset.")


def test_the_newest_version_makes_a_cluster(data: Path) -> None:
    make_programs(data, "9", "15", "16")
    assert postgres._newest_programs() == data / "programs" / "16" / "bin"


def test_a_clients_variables_do_not_lead_it_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "elsewhere.example")
    assert [name for name in postgres.clean_environment() if name.startswith("PG")] == []


def make_programs(data: Path, *versions: str) -> None:
    for version in versions:
        folder = data / "programs" / version / "bin"
        folder.mkdir(parents=True)
        for name in ("initdb", "pg_ctl"):
            (folder / name).touch()
