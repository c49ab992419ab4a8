"""Acts on many partners in the background: all that were chosen, each done or left out with its reason."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.attempts import Attempt, begin_job
from accounts.jobs import JobKind, queue_job
from accounts.models import District, Job, Membership
from accounts.models.work import JobState
from accounts.urls_in import url_in
from accounts.versions import ChangedMeanwhile

from .bulk_acts import BulkAct, LeftOut, bulk_act
from .models import Partner

KIND = "bulk"


def page_of(district: District, job: Job) -> str:
    """The address of the page that says what was done."""
    return url_in(district, "partners:bulk_done", uid=job.uid)


JOBS = JobKind(
    kind=KIND,
    task="partners.act_on_many",
    page=page_of,
    see=gettext_lazy("See what was done"),
    nothing=gettext_lazy("Nothing was changed."),
)


def queue_act(*, act: BulkAct, kept: dict[str, Any], keys: list[int], by: Membership) -> Job:
    """Let a worker do an act to the partners with these keys; `kept` is what its form keeps."""
    many = ngettext("%(n)d partner", "%(n)d partners", len(keys)) % {"n": len(keys)}
    label = _("%(act)s: %(many)s") % {"act": act.title, "many": many}
    return queue_job(kind=KIND, label=label, by=by, args={"act": act.code, "kept": kept, "keys": keys})


def run_act(*, job: Job) -> None:
    """The worker's part: all of it, or, where it is cancelled or breaks, nothing."""
    attempt = begin_job(job=job)
    if attempt is not None:
        with attempt.at_work(), transaction.atomic():
            attempt.finish(outcome=_done(attempt))


def _done(attempt: Attempt) -> dict[str, Any]:
    """Do it to each. Out: how many changed, how many were so already, and who is left out and why."""
    args, by = attempt.job.args, attempt.job.started_by
    act, done, left_out = bulk_act(args["act"]), 0, []
    for place, key in enumerate(args["keys"]):
        attempt.tell(place, len(args["keys"]))
        partner = Partner.objects.get(pk=key)
        try:
            if act is None or partner.archived_at or partner.merged_into_id:
                raise LeftOut(_("It is no longer in the directory."))
            with transaction.atomic():
                done += act.do(partner=partner, by=by, **args["kept"])
        except (LeftOut, ChangedMeanwhile) as why:
            said = str(why) or _("Somebody changed it meanwhile. Look at it, and do it there.")
            left_out.append([str(partner.uid), partner.name, said])
    attempt.tell(len(args["keys"]), len(args["keys"]))
    same = len(args["keys"]) - done - len(left_out)
    return {"done": done, "same": same, "left_out": left_out}


@dataclass(frozen=True)
class BulkPage:
    """What came of an act on many partners."""

    job: Job

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return bool(self.job.state == JobState.DONE)

    @property
    def act(self) -> BulkAct | None:
        """The act; None for one that is no longer done."""
        return bulk_act(self.job.args["act"])

    @property
    def told(self) -> list[str]:
        """What was done, and what was so already, in sentences."""
        done, same = self.job.outcome["done"], self.job.outcome["same"]
        said = [self.act.told(done)] if self.act else []
        if same:
            said.append(ngettext("%(n)d was so already.", "%(n)d were so already.", same) % {"n": same})
        return said

    @property
    def left_out(self) -> list[tuple[str, str, str]]:
        """Those it was not done to: the partner's uid, its name, and why."""
        return [(uid, name, why) for uid, name, why in self.job.outcome["left_out"]]
