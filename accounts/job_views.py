"""Pages of jobs: the list, one job, and what one can do about it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from .access import MemberRequest, access
from .job_pages import answer_to_poll, jobs_page, shown_to
from .jobs import cancel_job, resume_job
from .models import Job
from .rules import steers_job, works_here
from .urls_in import redirect_back


@access(see=works_here)
def jobs(request: MemberRequest) -> HttpResponse:
    """One's own jobs, those of the whole district for its staff; an open page asks by itself."""
    page = jobs_page(request.membership)
    if "HX-Request" in request.headers and request.GET.get("seen") == page.mark:
        return HttpResponse(status=204)
    return render(request, "people/jobs.html", {"page": page})


@access(see=steers_job, of=Job)
def job(request: MemberRequest, job: Job) -> HttpResponse:
    """How far a job is; one can leave the page and come back."""
    shown = shown_to(request, job)
    answer = answer_to_poll(request, shown)
    return answer or render(request, "people/job.html", {"shown": shown, "job": job})


@require_POST
@access(see=steers_job, of=Job)
def cancel(request: MemberRequest, job: Job) -> HttpResponse:
    """Cancel a job that has not ended."""
    cancel_job(job=job, by=request.membership)
    return redirect_back(request, request.district, "people:job", uid=job.uid)


@require_POST
@access(see=steers_job, of=Job)
def resume(request: MemberRequest, job: Job) -> HttpResponse:
    """Have a job done again whose worker ended."""
    resume_job(job=job, by=request.membership)
    return redirect_back(request, request.district, "people:job", uid=job.uid)
