"""Which schools a page looks at: one's own at first, one that is chosen, or all."""

from dataclasses import dataclass

from accounts.models import Membership, School

ALL = "all"


@dataclass(frozen=True, slots=True)
class ChosenSchools:
    """The schools that are looked at, all that may be chosen, and the choice as the URL names it."""

    schools: list[School]
    offered: list[School]
    value: str

    @property
    def is_all(self) -> bool:
        """Whether it is the whole district that is looked at."""
        return len(self.schools) == len(self.offered)

    @property
    def only(self) -> School | None:
        """The school, where it is one."""
        return self.schools[0] if len(self.schools) == 1 else None


def chosen_schools(membership: Membership, asked: str) -> ChosenSchools:
    """The open schools that `asked` names by slug, or "all"; else those that the member covers: one query."""
    offered = list(School.objects.for_member(membership).open())
    own = [school for school in offered if membership.covers(school.pk)]
    named = [school for school in offered if school.slug == asked]
    if named:
        return ChosenSchools(named, offered, asked)
    if asked == ALL or len(own) == len(offered) or not own:
        return ChosenSchools(offered, offered, ALL if asked == ALL else "")
    return ChosenSchools(own, offered, "")
