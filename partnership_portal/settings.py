"""Every setting of the portal, read from the environment.

In: the variables named in docs/own-servers.md. Raises ImproperlyConfigured, with what to do, on nonsense.
"""

# Long because Django reads one module of settings, and whoever looks for one looks in one place.

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import pghistory
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import logs, sensible
from .redis_urls import broker_url, cache_url

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PORTAL_MODE = sensible.one_of(
    "PORTAL_MODE",
    env.str("PORTAL_MODE", default="development"),
    ("demo", "development", "test", "production"),
)
PRODUCTION = PORTAL_MODE == "production"
DEMO = PORTAL_MODE == "demo"
DEBUG = False


def secret(name: str) -> str:
    """A secret from the environment; outside production a fixed one keeps sessions across restarts."""
    value = env.str(name, default="")
    if PRODUCTION:
        return sensible.secret(name, value)
    return value or f"not-a-secret-{name.lower()}-for-{PORTAL_MODE}-only-0123456789"


SECRET_KEY = secret("SECRET_KEY")
LINK_KEY = secret("LINK_KEY")
if SECRET_KEY == LINK_KEY:
    sensible.refuse("LINK_KEY", "is the same as SECRET_KEY", "set it to another random text")
# Older ones, under which sessions, links to a new password and second steps are still read.
_older = env.list("SECRET_KEY_FALLBACKS", default=[])
SECRET_KEY_FALLBACKS = sensible.old_secrets("SECRET_KEY_FALLBACKS", _older, beside=(SECRET_KEY, LINK_KEY))
PORTAL_BASE_URL = sensible.base_url(
    "PORTAL_BASE_URL",
    env.str("PORTAL_BASE_URL", default="http://localhost:8000"),
    production=PRODUCTION,
)
PORTAL_VAR = sensible.folder("PORTAL_VAR", env.str("PORTAL_VAR", default=str(BASE_DIR / "var")))
PRESS_SOCKET = sensible.socket("PRESS_SOCKET", env.str("PRESS_SOCKET", default=""), production=PRODUCTION)
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = sensible.hosts(
    "ALLOWED_HOSTS",
    env.list("ALLOWED_HOSTS", default=[urlsplit(PORTAL_BASE_URL).hostname] if PRODUCTION else LOCAL_HOSTS),
    PORTAL_BASE_URL,
    production=PRODUCTION,
)
# How many proxies of our own stand before the portal, each of which adds the address it was asked from.
TRUSTED_PROXIES = sensible.count(
    "PORTAL_TRUSTED_PROXIES", env.str("PORTAL_TRUSTED_PROXIES", default="0"), most=9
)
# The clock can be moved where nothing leaves the portal, so that a demo or a test can see what is due later.
MOVABLE_CLOCK = PORTAL_MODE in ("demo", "test")

# Two roles: the owner migrates, the application may not rewrite records (docs/architecture.md, "Two roles").
DATABASE_URL = env.str("DATABASE_URL", default="postgres://portal_app@/portal")
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default=DATABASE_URL)
_application = sensible.postgres("DATABASE_URL", env.db_url_config(DATABASE_URL))
_owner = sensible.postgres("DATABASE_OWNER_URL", env.db_url_config(DATABASE_OWNER_URL))
PORTAL_APP_ROLE = _application["USER"]
if PRODUCTION and _owner["USER"] == PORTAL_APP_ROLE:
    sensible.refuse("DATABASE_OWNER_URL", "has the role of DATABASE_URL", "give the owner a role of its own")
_role = sensible.one_of(
    "PORTAL_DB_ROLE", env.str("PORTAL_DB_ROLE", default="application"), ("application", "owner")
)
_database: dict[str, Any] = _owner if _role == "owner" else _application
_test_name = env.str("PORTAL_TEST_DB", default="main")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **_database.get("OPTIONS", {})},
        "TEST": {"NAME": f"test_portal_{_test_name}"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# When a line of the history was written: at the portal's time, which accounts/acting.py sends along.
_sent_along = "NULLIF(CURRENT_SETTING('portal.now', TRUE), '')::timestamptz"
PGHISTORY_CREATED_AT_FUNCTION = f"COALESCE({_sent_along}, NOW())"
# Events are found by what they are of, and by partner: their other keys need no index.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

REDIS_URL = sensible.redis_url("REDIS_URL", env.str("REDIS_URL", default="redis://localhost:6379"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": cache_url(REDIS_URL),
        "KEY_PREFIX": f"{PORTAL_MODE}-{_test_name}",
        # Seconds: a Redis that hangs must not hang the one who signs in.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "pghistory",
    "pgtrigger",
    "rules",
    "partnership_portal",  # before the floors below, whose forms speak in its voice once they are loaded
    "accounts",
    "partners",
    "letters",
    "decisions",
    "outreach",
]

MIDDLEWARE = [
    "partnership_portal.middleware.HealthMiddleware",
    "partnership_portal.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.ClockMiddleware",
    "accounts.middleware.SeenMiddleware",
    "accounts.middleware.DistrictMiddleware",
    "accounts.middleware.ConflictMiddleware",
    "accounts.middleware.UnreadableMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "partnership_portal.urls"
WSGI_APPLICATION = "partnership_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "partnership_portal.navigation.shell",
            ],
            "builtins": ["accounts.templatetags.portal"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "portal"
CRISPY_TEMPLATE_PACK = "portal"

# People and sign-in: by e-mail, with an account that staff invited.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.SignInForm",
    "reauthenticate": "accounts.sign_in.AgainForm",
    "reset_password": "accounts.sign_in.ForgottenForm",
    "reset_password_from_key": "accounts.sign_in.ChosenForm",
    "change_password": "accounts.sign_in.ChangeForm",
    "set_password": "accounts.sign_in.FirstForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
# A link to choose a new password works once, for so many seconds: a day. Django's own token, as the sign-in
# library's writes to the database when it is looked at, and GET never writes.
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
MFA_ADAPTER = "accounts.two_steps.TwoSteps"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "accounts.two_steps.CodeForm",
    "reauthenticate": "accounts.two_steps.CodeAgainForm",
    "activate_totp": "accounts.two_steps.ActivateForm",
}
MFA_TOTP_ISSUER = "Partnership portal"
MFA_TOTP_TOLERANCE = 1  # half minutes before and after: phones' clocks differ
MFA_RECOVERY_CODES_SHOW_ONCE = True

SESSION_ENGINE = "accounts.session_store"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PORTAL_BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PORTAL_BASE_URL]
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
# Sub-domains of the portal's host, and the browsers' own lists, are the district's to decide on, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["partnership_portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = PORTAL_VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PORTAL_VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PORTAL_MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = PORTAL_MODE == "test"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # 400 seats that rank 20 options on one screen

# Only production sends: elsewhere mail goes to files under var/ and to the page "Mail going out".
EMAIL_FILE_PATH = str(PORTAL_VAR / "mail")
DEFAULT_FROM_EMAIL = sensible.sender(
    "DEFAULT_FROM_EMAIL",
    env.str("DEFAULT_FROM_EMAIL", default="portal@district.example"),
    production=PRODUCTION,
)
if PRODUCTION:
    sensible.mail_server("EMAIL_URL", env.str("EMAIL_URL", default=""))
    vars().update(env.email_url("EMAIL_URL", backend="outreach.smtp.EmailBackend"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

CELERY_BROKER_URL = broker_url(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Seconds, and no second try: what could not be handed to the queue is a row, which a sweep finds.
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_DEFAULT_QUEUE = f"portal-{PORTAL_MODE}-{_test_name}"
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
# Seconds. Where the clock can be moved, what it makes due should not keep anybody waiting.
CELERY_BEAT_SCHEDULE = {
    "sweep-outbox": {"task": "outreach.sweep", "schedule": 5.0 if MOVABLE_CLOCK else 30.0},
    "plan-reminders": {"task": "outreach.plan", "schedule": 10.0 if MOVABLE_CLOCK else 300.0},
    "sweep-signatures": {"task": "letters.sweep_signatures", "schedule": 60.0},
    "close-overdue": {"task": "decisions.close_overdue", "schedule": 10.0 if MOVABLE_CLOCK else 60.0},
    "sweep-jobs": {"task": "accounts.sweep_jobs", "schedule": 60.0},
    "heartbeat": {"task": "portal.heartbeat", "schedule": 15.0},
}

LOG_LEVEL = sensible.one_of("LOG_LEVEL", env.str("LOG_LEVEL", default="INFO"), logs.LEVELS)
LOGGING = logs.config(LOG_LEVEL)
