"""The directory's writes: keyword-only, atomic, by somebody, raising named errors."""

from .clearance import OverAlready, choose_profile, end_waiver, say_yes, take_back_yes, waive
from .kept_views import NameTaken, edit_view, keep_view, remove_view
from .merging import (
    AlreadyUndone,
    ChangedSince,
    NotMergeable,
    TooLate,
    merge_certain,
    merge_partners,
    these_are_two,
    undo_merge,
)
from .needs import rate_needs
from .next_steps import add_next_step
from .papers import NotThisPaper, accept_paper, add_paper, decline_paper, edit_paper, offer_paper
from .partnerships import (
    PartnershipExists,
    ReasonMissing,
    edit_partnership,
    set_stage,
    start_partnership,
)
from .records import (
    InTheFuture,
    add_contact,
    add_service,
    add_site,
    contact_left,
    create_partner,
    edit_contact,
    edit_partner,
    edit_service,
    edit_site,
    log_interaction,
)
from .schools import add_figure, edit_figure, move_figure_up, remove_figure
from .searching import refresh_search

__all__ = [
    "AlreadyUndone",
    "ChangedSince",
    "InTheFuture",
    "NameTaken",
    "NotMergeable",
    "NotThisPaper",
    "OverAlready",
    "PartnershipExists",
    "ReasonMissing",
    "TooLate",
    "accept_paper",
    "add_contact",
    "add_figure",
    "add_next_step",
    "add_paper",
    "add_service",
    "add_site",
    "choose_profile",
    "contact_left",
    "create_partner",
    "decline_paper",
    "edit_contact",
    "edit_figure",
    "edit_paper",
    "edit_partner",
    "edit_partnership",
    "edit_service",
    "edit_site",
    "edit_view",
    "end_waiver",
    "keep_view",
    "log_interaction",
    "merge_certain",
    "merge_partners",
    "move_figure_up",
    "offer_paper",
    "rate_needs",
    "refresh_search",
    "remove_figure",
    "remove_view",
    "say_yes",
    "set_stage",
    "start_partnership",
    "take_back_yes",
    "these_are_two",
    "undo_merge",
    "waive",
]
