"""A job is claimed once, ended once, cancelled, stopped and resumed; its pages say how it is."""

import datetime
import re
import threading
from typing import Any

import pytest
from celery import current_app
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test import Client
from django.utils.html import strip_tags
from django_scopes import scope

from accounts import attempts, clock
from accounts.attempts import Attempt, Left, begin_job
from accounts.jobs import SILENT, cancel_job, queue_job, resume_job, sweep_jobs
from accounts.models import Job, Membership
from accounts.models.work import JobState
from outreach.today import today_page
from tests.conftest import Cast, SignIn
from tests.processes import until

SECOND = datetime.timedelta(seconds=1)
JOBS = "/d/larkmoor/jobs/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The keys of the jobs that were handed to the queue."""
    keys: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: keys.append(args[0]))
    monkeypatch.setattr(transaction, "on_commit", lambda act, **how: act())
    return keys


@pytest.fixture
def job(cast: Cast, sent: list[int]) -> Job:
    return a_job(cast.coordinator)


def a_job(by: Membership, label: str = "Import of list.zip", **values: Any) -> Job:
    made = queue_job(kind="import", label=label, by=by)
    Job.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


def begun(job: Job) -> Attempt:
    job.refresh_from_db()
    attempt = begin_job(job=job)
    assert attempt is not None
    job.refresh_from_db()
    return attempt


def falls_silent(job: Job) -> None:
    """As if its worker had last been heard of a minute ago."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=Now() - SILENT - SECOND)


def state_of(job: Job) -> str:
    job.refresh_from_db()
    return str(job.state)


def words(response: Any) -> str:
    html = response.content.decode()
    return " ".join(strip_tags(html[html.index("<main") :]).split())


def test_a_job_is_handed_over_once_it_is_written(cast: Cast, sent: list[int]) -> None:
    assert sent == [a_job(cast.coordinator).pk]


def test_of_two_workers_one_begins_a_job(job: Job) -> None:
    assert [begin_job(job=job) is not None for _worker in range(2)] == [True, False]
    assert (state_of(job), job.attempts) == ("running", 1)


def test_a_worker_that_read_the_job_before_it_was_resumed_does_not_begin_it_as_the_first(
    cast: Cast, job: Job
) -> None:
    as_read = Job.objects.get(pk=job.pk)
    begun(job)
    falls_silent(job)
    sweep_jobs()
    resume_job(job=job, by=cast.coordinator)
    assert begin_job(job=as_read) is None


def test_a_waiting_job_is_cancelled_at_once_and_not_begun(cast: Cast, job: Job) -> None:
    cancel_job(job=job, by=cast.coordinator)
    assert (state_of(job), job.finished_at is not None) == ("cancelled", True)
    assert begin_job(job=job) is None


def test_a_running_job_is_asked_to_end_and_its_worker_cannot_finish_it(cast: Cast, job: Job) -> None:
    attempt = begun(job)
    with attempt.at_work():
        cancel_job(job=job, by=cast.coordinator)
        assert (state_of(job), job.finished_at) == ("running", None)
        attempt.finish(outcome={"new": 1})
    assert (state_of(job), job.outcome) == ("cancelled", {})


def test_what_has_ended_is_not_cancelled(cast: Cast, job: Job) -> None:
    begun(job).finish(outcome={"new": 1})
    cancel_job(job=job, by=cast.coordinator)
    assert (state_of(job), job.cancel_wanted) == ("done", False)


def test_an_error_of_ours_is_said_and_goes_on(job: Job) -> None:
    attempt = begun(job)
    with pytest.raises(ZeroDivisionError), attempt.at_work():
        raise ZeroDivisionError
    assert state_of(job) == "failed"
    assert job.error == "Something broke on our side. Nothing was imported."


def test_an_error_of_a_job_that_was_cancelled_leaves_it_cancelled(cast: Cast, job: Job) -> None:
    attempt = begun(job)
    cancel_job(job=job, by=cast.coordinator)
    with pytest.raises(ZeroDivisionError), attempt.at_work():
        raise ZeroDivisionError
    assert (state_of(job), job.error) == ("cancelled", "")


@pytest.mark.parametrize(
    ("silent_for", "state"), [(SILENT - SECOND, "running"), (SILENT + SECOND, "stopped")]
)
def test_a_job_whose_worker_is_not_heard_of_for_a_minute_is_stopped(
    job: Job, silent_for: datetime.timedelta, state: str
) -> None:
    begun(job)
    Job.objects.update(heartbeat_at=Now() - silent_for)
    assert sweep_jobs() == (int(state == "stopped"), 0)
    assert state_of(job) == state


def test_the_portals_clock_may_be_moved_while_a_job_runs(job: Job) -> None:
    begun(job)
    clock.move(datetime.timedelta(days=3))
    assert (sweep_jobs(), state_of(job)) == ((0, 0), "running")


def test_a_job_that_was_to_be_cancelled_and_whose_worker_ended_is_cancelled(cast: Cast, job: Job) -> None:
    begun(job)
    cancel_job(job=job, by=cast.coordinator)
    falls_silent(job)
    sweep_jobs()
    assert state_of(job) == "cancelled"


def test_a_stopped_job_is_resumed_once(cast: Cast, job: Job, sent: list[int]) -> None:
    begun(job)
    falls_silent(job)
    sweep_jobs()
    assert [resume_job(job=job, by=cast.coordinator) for _click in range(2)] == [True, False]
    assert sent == [job.pk, job.pk]
    assert (begun(job).number, state_of(job)) == (2, "running")


@pytest.mark.parametrize("state", [state for state in JobState if state != JobState.STOPPED])
def test_only_what_stopped_is_resumed(cast: Cast, job: Job, state: str) -> None:
    Job.objects.update(state=state)
    assert resume_job(job=job, by=cast.coordinator) is False
    assert state_of(job) == state


def test_a_worker_that_slept_and_wakes_after_resume_can_neither_finish_nor_tell(cast: Cast, job: Job) -> None:
    slept = begun(job)
    falls_silent(job)
    sweep_jobs()
    with pytest.raises(Left):
        slept.finish(outcome={"new": 1})
    resume_job(job=job, by=cast.coordinator)
    with pytest.raises(Left):
        slept.finish(outcome={"new": 1})
    second = begun(job)
    with slept.at_work():
        slept.finish(error="too late")
    assert (state_of(job), job.error) == ("running", "")
    second.finish(outcome={"new": 2})
    assert (state_of(job), job.outcome) == ("done", {"new": 2})


def test_two_who_resume_at_once_begin_it_once(committed_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: sent.append(args[0]))
    job = a_job(committed_cast.coordinator, state=JobState.STOPPED, attempts=1)
    sent.clear()
    start, answers = threading.Barrier(2), []

    def resume(by: Membership) -> None:
        with scope(district=committed_cast.larkmoor):
            start.wait(10)
            answers.append(resume_job(job=job, by=by))
            connection.close()

    both = [
        threading.Thread(target=resume, args=(by,))
        for by in (committed_cast.coordinator, committed_cast.staff)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert (sorted(answers), sent) == ([False, True], [job.pk])


def test_a_worker_shows_that_it_lives_and_how_far_it_is_and_hears_that_it_is_to_end(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_app, "send_task", lambda name, args: None)
    monkeypatch.setattr(attempts, "EVERY", 0.05)
    job = a_job(committed_cast.coordinator)
    attempt = begun(job)
    first = job.heartbeat_at

    def shown() -> bool:
        job.refresh_from_db()
        return bool(job.heartbeat_at > first) and (job.done, job.total) == (3, 10)

    with attempt.at_work():
        with transaction.atomic():  # what the work itself writes is not committed yet
            attempt.tell(3, 10)
            until(shown, "a sign of life with how far it is")
        cancel_job(job=job, by=committed_cast.staff)
        until(attempt._left.is_set, "that it is to end")
        attempt.tell(4, 10)
    assert (state_of(job), job.done) == ("cancelled", 3)


def test_a_job_that_is_being_finished_is_not_called_stopped(
    committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its worker holds the row: the sweep does not wait for it."""
    monkeypatch.setattr(current_app, "send_task", lambda name, args: None)
    job = a_job(committed_cast.coordinator)
    attempt = begun(job)
    falls_silent(job)
    swept = []

    def sweep() -> None:
        with scope(district=committed_cast.larkmoor):
            swept.append(sweep_jobs())
            connection.close()

    with transaction.atomic():
        attempt.finish(outcome={"new": 1})
        thread = threading.Thread(target=sweep, daemon=True)
        thread.start()
        thread.join(20)
        assert swept == [(0, 0)]
    assert state_of(job) == "done"


def test_ones_own_jobs_are_listed_those_that_have_not_ended_first(
    cast: Cast, sent: list[int], sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    assert "No jobs yet" in words(client.get(JOBS))
    running = a_job(cast.coordinator, "Import of a.zip", state="running", done=21, total=50)
    a_job(cast.coordinator, "Import of b.zip", state="done", finished_at=clock.now())
    a_job(cast.staff, "Import of c.zip")
    page = client.get(JOBS)
    rows = re.findall(r'<tr role="row">.*?</tr>', page.content.decode(), re.DOTALL)[1:]
    assert [re.sub(r"Imogen Tasker .*", "", " ".join(strip_tags(row).split())) for row in rows] == [
        "Import of a.zip Running42 percent done ",
        "Import of b.zip Done ",
    ]
    assert f"{JOBS}{running.uid}/" in page.content.decode()


def test_district_staff_see_the_jobs_of_all(cast: Cast, job: Job, sign_in: SignIn) -> None:
    page = words(sign_in(cast.staff).get(JOBS))
    assert ("Jobs of the district" in page, "Import of list.zip" in page) == (True, True)
    assert "Import of list.zip" not in words(sign_in(cast.preparer).get(JOBS))


def test_the_list_costs_the_same_at_one_and_at_three(
    cast: Cast, sent: list[int], sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    client = sign_in(cast.staff)
    for by in ((cast.staff,), (cast.coordinator, cast.preparer)):
        for member in by:
            a_job(member, args={"batch": "1b671a64-40d5-491e-99b0-da01ff1f3341"})
        with django_assert_num_queries(8):
            client.get(JOBS)


def test_an_open_list_asks_by_itself_and_is_answered_where_there_is_news(
    cast: Cast, job: Job, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    asks = asked_by(client.get(JOBS))
    assert client.get(JOBS + asks, headers=HTMX).status_code == 204
    Job.objects.update(state="running", done=1, total=2)
    news = client.get(JOBS + asks, headers=HTMX)
    assert (news.status_code, "50 percent done" in words(news)) == (200, True)
    Job.objects.update(state="done")
    over = client.get(JOBS + asked_by(news), headers=HTMX).content.decode()
    assert ("Done" in over, "hx-get" in over) == (True, False)


def asked_by(response: Any) -> str:
    """What an open page asks by itself."""
    query = re.search(r'hx-get="[^"?]*(\?seen=[^"]*)"', response.content.decode())
    assert query is not None
    return query[1]


def test_the_page_of_a_job_says_how_it_is_and_offers_what_can_be_done(
    cast: Cast, job: Job, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    page = f"{JOBS}{job.uid}/"

    def offered() -> tuple[bool, bool]:
        html = client.get(page).content.decode()
        return f'action="{page}cancel/?next={page}"' in html, f'action="{page}resume/?next={page}"' in html

    assert ("Waiting to start (since" in words(client.get(page)), offered()) == (True, (True, False))
    begun(job)
    assert ("Running (since" in words(client.get(page)), offered()) == (True, (True, False))
    cancel_job(job=job, by=cast.coordinator)
    assert ("Being cancelled" in words(client.get(page)), offered()) == (True, (False, False))
    Job.objects.update(state="stopped", cancel_wanted=False)
    said = (
        "Stopped: the worker ended. Nothing was imported. It can be resumed: it then begins from its start."
    )
    assert (said in words(client.get(page)), offered()) == (True, (True, True))
    for state, said in [
        ("cancelled", "Cancelled. Nothing was imported."),
        ("failed", "Stopped by an error. The file is gone."),
        ("done", "Done."),
    ]:
        Job.objects.update(state=state, error="The file is gone.", finished_at=clock.now())
        assert (said in words(client.get(page)), offered()) == (True, (False, False))


def test_the_buttons_cancel_and_resume_and_lead_back(
    cast: Cast, job: Job, sent: list[int], sign_in: SignIn
) -> None:
    Job.objects.update(state="stopped")
    client, page = sign_in(cast.coordinator), f"{JOBS}{job.uid}/"
    assert client.post(f"{page}resume/").headers["Location"] == page
    assert (state_of(job), sent) == ("queued", [job.pk, job.pk])
    assert client.post(f"{page}cancel/?next=/d/larkmoor/me/").headers["Location"] == "/d/larkmoor/me/"
    assert state_of(job) == "cancelled"


def test_while_only_the_bar_moves_the_state_is_not_said_again(cast: Cast, job: Job, sign_in: SignIn) -> None:
    client, page = sign_in(cast.coordinator), f"{JOBS}{job.uid}/"
    begun(job)
    first = client.get(page)
    assert said_in(first) == 1
    Job.objects.update(done=1, total=4)
    second = client.get(page + asked_by(first), headers=HTMX)
    assert (said_in(second), "25 percent done" in words(second)) == (0, True)
    cancel_job(job=job, by=cast.coordinator)
    third = client.get(page + asked_by(second), headers=HTMX)
    assert (said_in(third), "Being cancelled" in words(third)) == (1, True)


def said_in(response: Any) -> int:
    return int(response.content.decode().count('id="progress-said"'))


def test_without_script_job_and_list_load_themselves_again_while_it_is_under_way(
    cast: Cast, job: Job, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    again = '<noscript><meta http-equiv="refresh" content="10"></noscript>'

    def load_again() -> list[bool]:
        return [again in client.get(path).content.decode() for path in (JOBS, f"{JOBS}{job.uid}/")]

    assert load_again() == [True, True]
    Job.objects.update(state="done")
    assert load_again() == [False, False]


def test_an_open_page_of_a_job_that_has_ended_is_loaded_anew(cast: Cast, job: Job, sign_in: SignIn) -> None:
    client, page = sign_in(cast.coordinator), f"{JOBS}{job.uid}/"
    asks = asked_by(client.get(page))
    assert client.get(page + asks, headers=HTMX).status_code == 204
    Job.objects.update(state="stopped")
    assert client.get(page + asks, headers=HTMX).headers["HX-Refresh"] == "true"


def test_today_asks_to_resume_what_stopped_and_tells_of_the_others(
    cast: Cast, job: Job, sign_in: SignIn
) -> None:
    assert told(cast.coordinator) == ([], ["Import of list.zip (Waiting to start)"])
    Job.objects.update(state="stopped", finished_at=clock.now())
    [card] = today_page(cast.coordinator).sections[0].items
    assert (card.what, card.about, card.act_url) == (
        "Resume or cancel what stopped:",
        "Import of list.zip",
        f"{JOBS}{job.uid}/",
    )
    assert card.why == "Stopped: the worker ended. Nothing was imported."
    assert today_page(cast.staff).sections == []
    Job.objects.update(state="done")
    assert told(cast.coordinator) == ([], ["Import of list.zip (Done)"])
    clock.move(datetime.timedelta(days=8))
    assert told(cast.coordinator) == ([], [])


def told(member: Membership) -> tuple[list[Any], list[str]]:
    """The items and the news of somebody's Today."""
    page = today_page(member)
    return list(page.sections), [f"{line.who} {line.words}" for line in page.news]


def test_jobs_are_reached_from_every_page_by_those_who_can_have_some(cast: Cast, sign_in: SignIn) -> None:
    has_it = {
        member.role: f'href="{JOBS}"' in sign_in(member).get("/d/larkmoor/me/").content.decode()
        for member in (cast.staff, cast.principal, cast.coordinator, cast.preparer, cast.viewer)
    }
    assert has_it == {
        "staff": True,
        "principal": True,
        "coordinator": True,
        "preparer": True,
        "viewer": False,
    }


def test_who_sees_an_import_of_somebody_else_is_not_offered_to_cancel_it(
    cast: Cast, sent: list[int], sign_in: SignIn
) -> None:
    from partners.interchange.jobs import queue_import

    batch = queue_import(name="a.zip", content=b"x", source="211", by=cast.coordinator)
    page = f"/d/larkmoor/partners/import/{batch.uid}/"

    def offered(client: Client) -> bool:
        return "cancel/?next=" in client.get(page).content.decode()

    assert [offered(sign_in(by)) for by in (cast.coordinator, cast.staff, cast.preparer)] == [
        True,
        True,
        False,
    ]
