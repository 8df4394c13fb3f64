"""Settings of a deployment: everything that differs between machines comes from environment variables (LIANFANG_…)."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from lianfang.foundation.parameters.inventory import BY_CODE

HOME = Path(os.environ.get("LIANFANG_HOME", Path.cwd() / "var")).resolve()
"""Where a deployment keeps its database, secret key, uploads and collected static files."""


def _secret_key() -> str:
    """The deployment's secret: from the environment, or a file made once and readable by the owner only."""
    given = os.environ.get("LIANFANG_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, draft = tempfile.mkstemp(dir=HOME)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        # Several processes may start at once: the first whole file wins, and all of them use that one.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        Path(draft).unlink()
    return path.read_text().strip()


SQLITE_OPTIONS = {
    # Measured: WAL with immediate transactions never met a locked database (docs/decisions/).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;"
    ),
}
CONNECT_SECONDS = 10
"""How long anybody waits for a PostgreSQL that does not answer; the pool alone would take half a minute to say so."""
POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 8, "timeout": CONNECT_SECONDS},
    "connect_timeout": CONNECT_SECONDS,
}


def database_of(url: str) -> dict[str, Any]:
    """A connection as Django wants it; what the address itself asks for (``?sslmode=verify-full``) is kept."""
    database: dict[str, Any] = dict(dj_database_url.parse(url))
    on_sqlite = database["ENGINE"] == "django.db.backends.sqlite3"
    database["OPTIONS"] = {**(SQLITE_OPTIONS if on_sqlite else POSTGRES_OPTIONS), **database.get("OPTIONS", {})}
    if on_sqlite:
        database["CONN_MAX_AGE"] = None
    return database


def _databases() -> dict[str, Any]:
    """SQLite in the deployment's home, or whatever LIANFANG_DATABASE_URL names (PostgreSQL)."""
    url = os.environ.get("LIANFANG_DATABASE_URL") or f"sqlite:///{HOME / 'lianfang.sqlite3'}"
    return {"default": database_of(url)}


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("LIANFANG_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("LIANFANG_HOSTS", "localhost,127.0.0.1,[::1]").replace(" ", "").split(",")
DATABASES = _databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "lianfang.foundation.catalogue",
    "lianfang.foundation.journal",
    "lianfang.foundation.accounts",
    "lianfang.foundation.organisation",
    "lianfang.foundation.parameters",
    "lianfang.foundation.lint",
    "lianfang.foundation.web",
    "lianfang.registers.laws",
    "lianfang.registers.powers",
    "lianfang.registers.risks",
    "lianfang.registers.regulations",
    "lianfang.registers.controls",
    "lianfang.programme.plans",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "axes",
    *ROOMS,
    "lianfang.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lianfang.foundation.web.middleware.NothingKept",
    "lianfang.foundation.web.middleware.ErrorPages",
    "lianfang.foundation.accounts.middleware.LogInLimits",
    "lianfang.foundation.accounts.middleware.KnowsWhoAsks",
    "lianfang.foundation.accounts.middleware.OwnPasswordFirst",
    "axes.middleware.AxesMiddleware",
    "lianfang.foundation.web.once.OncePressed",
]
ROOT_URLCONF = "lianfang.site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lianfang.foundation.web.context.chrome",
            ],
            "builtins": ["lianfang.foundation.web.templatetags.ui"],
            "string_if_invalid": "",
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# Two schools that contradict each other (GB/T 22239 level three; OWASP ASVS 6.2): the deployment chooses.
PASSWORD_PROFILES = {"mlps3": (10, 3, 90), "asvs": (15, 1, 0)}
PASSWORD_PROFILE = os.environ.get("LIANFANG_PASSWORDS", "mlps3")
if PASSWORD_PROFILE not in PASSWORD_PROFILES:
    raise ImproperlyConfigured(f"LIANFANG_PASSWORDS 不能是“{PASSWORD_PROFILE}”：请写 {'、'.join(PASSWORD_PROFILES)}。")
PASSWORD_LENGTH, PASSWORD_CLASSES, PASSWORD_DAYS = PASSWORD_PROFILES[PASSWORD_PROFILE]
"""Least number of characters and of classes of them, and after how many days a new one is due (0: never)."""
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "title", "person"]},
    },
    {
        "NAME": "lianfang.foundation.accounts.passwords.LeastLength",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "lianfang.foundation.accounts.passwords.CharacterClasses", "OPTIONS": {"least": PASSWORD_CLASSES}},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_URL = "logout"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_CHANGE_URL = "password_change"  # noqa: S105 - the name of an address
LOG_IN_IDLE_SECONDS = 60 * int(os.environ.get("LIANFANG_IDLE_MINUTES", "15"))
LOG_IN_SECONDS = 3600 * int(os.environ.get("LIANFANG_LOG_IN_HOURS", "8"))
SESSION_COOKIE_AGE = LOG_IN_SECONDS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if os.environ.get("LIANFANG_HTTPS") == "1":
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

AXES_HANDLER = "lianfang.foundation.accounts.lockout.LockoutHandler"
AXES_CLIENT_IP_CALLABLE = "lianfang.foundation.accounts.lockout.client_address"
AXES_FAILURE_LIMIT = 5
AXES_USERNAME_FAILURE_LIMIT = 20  # from all addresses together, so that many machines do not get many times five tries
TRUSTED_PROXIES = int(os.environ.get("LIANFANG_PROXIES", "0"))
AXES_USERNAME_FORM_FIELD = "username"  # Django passes the log-in name under this word, whatever the model calls it
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False

NAVIGATION = "lianfang.site.navigation.NAVIGATION"
RECORD_PAGES = "lianfang.site.navigation.RECORD_PAGES"
HANGING = {
    "powers": "lianfang.registers.risks.queries.hanging.risks_of_power",
    "posts": "lianfang.registers.risks.queries.hanging.risks_of_post",
    "risks": "lianfang.registers.controls.queries.hanging.measures_of_risk",
}
"""Register kind → who tells what in force hangs on an entry, for the page on which it is ended."""
TESTS_OF_A_RISK = "lianfang.registers.controls.queries.evidence.tests_of_a_risk"
"""Risk points stand below measures; who lowers a grade is held to the tests of measures through this."""
_FORMERLY_READ = {f"LIANFANG_{code.upper()}" for code in BY_CODE}
_DECIDED_BY_PEOPLE = [f"{name}={value}" for name, value in sorted(os.environ.items()) if name in _FORMERLY_READ]
if _DECIDED_BY_PEOPLE:
    raise ImproperlyConfigured(
        f"环境变量 {'、'.join(_DECIDED_BY_PEOPLE)} 不再决定参数："
        "请从环境中删去，启动后在“参数”页面由一人提出、另一人批准。"
    )
BUREAU_NAME = os.environ.get("LIANFANG_NAME", "廉政风险防控")
CSRF_FAILURE_VIEW = "lianfang.foundation.web.views.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
FORMAT_MODULE_PATH = ["lianfang.site.formats"]

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(HOME / "files")}},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or os.environ.get("LIANFANG_PLAIN_STATIC") == "1"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LIANFANG_LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
