"""The domain of a web or e-mail address, in one form: organizations that share one are likely the same."""

from urllib.parse import urlsplit

LONGEST = 253  # RFC 1035: characters of a domain name as it is written
# Domains that say nothing of whom one works for.
SHARED = frozenset(
    {
        "aol.com",
        "att.net",
        "bellsouth.net",
        "charter.net",
        "comcast.net",
        "cox.net",
        "earthlink.net",
        "facebook.com",
        "gmail.com",
        "gmx.com",
        "google.com",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "instagram.com",
        "linktr.ee",
        "live.com",
        "mac.com",
        "mail.com",
        "me.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "sbcglobal.net",
        "sites.google.com",
        "verizon.net",
        "wordpress.com",
        "yahoo.com",
        "yahoo.es",
        "ymail.com",
    }
)


def own_domain(address: str) -> str:
    """The domain of a web or e-mail address, without "www."; "" for one that anybody may use."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    domain = host.removeprefix("www.")
    return "" if domain in SHARED or "." not in domain or len(domain) > LONGEST else domain
