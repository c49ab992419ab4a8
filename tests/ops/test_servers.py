import pytest

from ops import servers
from ops.words import Problem

OWN = {
    "DATABASE_URL": "postgres://portal_app@db.example/portal?sslmode=require",
    "DATABASE_OWNER_URL": "postgres://portal_owner@db.example/portal",
    "REDIS_URL": "redis://cache.example",
    "PRESS_SOCKET": "/run/portal/press.sock",
}


@pytest.fixture
def own_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in OWN.items():
        monkeypatch.setenv(name, value)


def test_one_role_without_the_other_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", OWN["DATABASE_URL"])
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(Problem) as told:
        servers.own_database()
    assert told.value.what == "only one of DATABASE_URL and DATABASE_OWNER_URL is set."


def test_servers_of_ones_own_are_used_as_they_are_named(own_servers: None) -> None:
    env = servers.environment(mode="production")
    assert {name: env[name] for name in OWN} == OWN
    assert env["PORTAL_MODE"] == "production"


def test_nothing_private_is_started_in_their_place(
    own_servers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr("ops.postgres.start", lambda: started.append("PostgreSQL"))
    monkeypatch.setattr("ops.redis.start", lambda: started.append("Redis"))
    servers.start()
    assert started == []


def test_a_bench_has_a_database_of_its_own_on_the_same_server(own_servers: None) -> None:
    env = servers.environment(database="portal_bench")
    assert env["DATABASE_URL"] == "postgres://portal_app@db.example/portal_bench?sslmode=require"
    assert env["DATABASE_OWNER_URL"] == "postgres://portal_owner@db.example/portal_bench"


def test_the_last_command_that_ends_stops_the_private_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(servers, "start", lambda: calls.append("start"))
    monkeypatch.setattr(servers, "stop", lambda: calls.append("stop"))
    with servers.running():
        with servers.running():
            pass
        assert calls == ["start", "start"]
    assert calls == ["start", "start", "stop"]


def test_manage_speaks_to_the_mode_of_the_last_start() -> None:
    assert servers.last_mode() == "development"
    servers.MODE_FILE.parent.mkdir(parents=True, exist_ok=True)
    servers.MODE_FILE.write_text("demo\n")
    assert servers.last_mode() == "demo"
