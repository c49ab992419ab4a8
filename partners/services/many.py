"""What is done with one of many partners (bulk_acts.py): each says whether it changed something."""

from accounts.models import Membership
from partners.bulk_acts import partnership_at
from partners.models import Partner, RequirementProfile

from .clearance import choose_profile
from .partnerships import edit_partnership, set_stage
from .records import edit_partner


def move_to_stage(*, partner: Partner, by: Membership, school: int | None, stage: str, because: str) -> bool:
    """Move its partnership with a school to a stage. Raises LeftOut and ReasonMissing."""
    partnership = partnership_at(partner, school, by)
    return set_stage(partnership=partnership, stage=stage, because=because, by=by) is not None


def give_to(*, partner: Partner, by: Membership, school: int | None, owner: int) -> bool:
    """Say who looks after its partnership with a school. Raises LeftOut."""
    partnership = partnership_at(partner, school, by)
    if partnership.owner_id == owner:
        return False
    edit_partnership(
        partnership=partnership,
        version=partnership.version,
        by=by,
        owner=Membership.objects.get(pk=owner),
        level=partnership.level,
    )
    return True


def work_as(*, partner: Partner, by: Membership, school: int | None, profile: int) -> bool:
    """Say how it works at a school, and so what it needs there. Raises LeftOut."""
    partnership = partnership_at(partner, school, by)
    if partnership.profile_id == profile:
        return False
    choose_profile(
        partnership=partnership,
        version=partnership.version,
        by=by,
        profile=RequirementProfile.objects.get(pk=profile),
    )
    return True


def add_tag(*, partner: Partner, by: Membership, tag: str) -> bool:
    """Add a tag to the partner."""
    if tag in partner.tags:
        return False
    edit_partner(partner=partner, version=partner.version, by=by, tags=[*partner.tags, tag])
    return True
