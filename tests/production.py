"""What production is set to, for tests that start a process in that mode."""

import os

PRODUCTION = {
    "PORTAL_MODE": "production",
    "PORTAL_BASE_URL": "https://partners.alder.k12.tx.us",
    "SECRET_KEY": "vT8-pZq2_Lx7RbW4nKc9JmY1hDf6Gs3AoEu5ItBwQyXzNVkMCHOr",
    "LINK_KEY": "Qm4-xHs9_Zt2VcB7kLp1RfD8nJw3GyT6aUeO5iXbCqMzNWvEKrYo",
    "DATABASE_URL": "postgres://portal_app@//run/postgresql/portal",
    "DATABASE_OWNER_URL": "postgres://portal_owner@//run/postgresql/portal",
    "REDIS_URL": "unix:///run/redis/redis.sock",
    "PRESS_SOCKET": "/run/portal/press.sock",
    "EMAIL_URL": "smtp+tls://u:p@mail.alder.k12.tx.us:587",
    "DEFAULT_FROM_EMAIL": "partners@alder.k12.tx.us",
}
OURS = ("SECRET_", "DATABASE_", "REDIS_", "PRESS_", "PORTAL_", "DJANGO_", "EMAIL_", "DEFAULT_", "ALLOWED_")


def environment(**changed: str) -> dict[str, str]:
    """Production's, with some of it changed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return clean | PRODUCTION | changed
