"""The words of a partner's history: what a field is called in a sentence, and the sentences. Pure."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "aliases": _("the other names"),
    "approved_until": _("until when the principal said yes"),
    "authorized_as": _("why the partner's signer may sign"),
    "capacity": _("for how many there is room"),
    "city": _("the city"),
    "cadence": _("how often the two hear from each other"),
    "description": _("the description"),
    "district_authorized_as": _("why the district's signer may sign"),
    "district_signed_by_name": _("who signed for the district"),
    "district_signed_by_title": _("the title of the district's signer"),
    "district_signed_on": _("when the district signed"),
    "ein": _("the tax number (EIN)"),
    "email": _("the e-mail address"),
    "ended_on": _("the day of the early end"),
    "ends": _("the last day"),
    "file": _("the file"),
    "grades": _("the grades"),
    "is_mailing": _("whether letters go there"),
    "kind": _("the kind"),
    "language": _("the language"),
    "languages": _("the languages"),
    "lead_partner": _("the lead agency"),
    "level": _("how closely the two work together"),
    "name": _("the name"),
    "note": _("the note"),
    "owner": _("who looks after it"),
    "phone": _("the phone number"),
    "postal_code": _("the ZIP code"),
    "profile": _("the way of working"),
    "renews": _("what it renews"),
    "role": _("the role"),
    "salutation": _("the salutation"),
    "school": _("the school"),
    "sectors": _("the sectors"),
    "signed_by_name": _("who signed for the partner"),
    "signed_by_title": _("the title of the partner's signer"),
    "signed_on": _("when the partner signed"),
    "since": _("the first day"),
    "starts": _("the first day"),
    "state": _("the state"),
    "status": _("the status"),
    "street": _("the street"),
    "street2": _("the suite or floor"),
    "tags": _("the tags"),
    "tiers": _("for how many students it is"),
    "title": _("the title"),
    "until": _("the last day"),
    "valid_from": _("the first day"),
    "valid_until": _("the last day"),
    "website": _("the website"),
}
THINGS = {
    "partner": _("this partner"),
    "contact": _("the contact %(name)s"),
    "site": _("the place “%(name)s”"),
    "service": _("the service “%(name)s”"),
    "partnership": _("the partnership with %(name)s"),
    "agreement": _("the agreement “%(name)s”"),
    "paper": _("the paper “%(name)s”"),
}
ADDED = _("%(who)s added %(thing)s.")
REMOVED = _("%(who)s removed %(thing)s.")
CHANGED = _("%(who)s changed %(thing)s: %(field)s.")
FROM_TO = _("%(who)s changed %(thing)s: %(field)s, from “%(was)s” to “%(now)s”.")
FIRST = _("%(who)s changed %(thing)s: %(field)s, now “%(now)s”.")
TAKEN = _("%(who)s changed %(thing)s: %(field)s, which was “%(was)s”, is empty now.")
FROM_TO_OF_PARTNER = _("%(who)s changed %(field)s from “%(was)s” to “%(now)s”.")
FIRST_OF_PARTNER = _("%(who)s entered %(field)s: “%(now)s”.")
TAKEN_OF_PARTNER = _("%(who)s took out %(field)s, which was “%(was)s”.")
# Fields whose change is an act with a name of its own: what is said where it was set, and where it was
# emptied.
ACTS = {
    ("partner", "archived_at"): (
        _("%(who)s put this partner into the archive."),
        _("%(who)s took this partner out of the archive."),
    ),
    ("partner", "merged_into"): (
        _("%(who)s merged this partner into %(now)s."),
        _("%(who)s undid the merge into %(was)s."),
    ),
    ("partner", "assured_on"): (
        _("%(who)s verified the listing."),
        _("%(who)s took back that the listing was verified."),
    ),
    ("contact", "left_on"): (
        _("%(who)s noted that %(thing)s left on %(now)s."),
        _("%(who)s noted that %(thing)s is here again."),
    ),
    ("contact", "erased_at"): (_("%(who)s erased what was known of a person."), CHANGED),
    ("partnership", "approved_by"): (
        _("%(now)s said yes to %(thing)s."),
        _("%(who)s took back the principal's yes to %(thing)s."),
    ),
    ("paper", "superseded_by"): (_("%(who)s renewed %(thing)s."), CHANGED),
}
MERGED_HERE = _("%(who)s merged “%(name)s” into this partner.")
DECIDED = {
    "accepted": _("%(who)s accepted %(thing)s."),
    "declined": _("%(who)s sent back %(thing)s: “%(because)s”."),
}
BEGAN = _("%(who)s began %(thing)s as “%(now)s”.")
BEGAN_BECAUSE = _("%(who)s began %(thing)s as “%(now)s”: %(because)s")
MOVED = _("%(who)s moved %(thing)s from “%(was)s” to “%(now)s”.")
MOVED_BECAUSE = _("%(who)s moved %(thing)s from “%(was)s” to “%(now)s”: %(because)s")
NOBODY = _("Somebody without an account")
THE_DISTRICT = _("the district")
YES, NO = _("yes"), _("no")
