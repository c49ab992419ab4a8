"""Routes whose POST takes no CSRF token, by hand: what signs it instead."""

EXEMPT = {
    "no_more:page": "A mail provider's one click (RFC 8058): its link's token signs it, no session counts.",
}
