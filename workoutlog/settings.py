"""The settings; everything that differs between machines is an environment variable."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
# An empty ENV_FILE means none: the tests must not depend on a developer's own.
if (env_file := BASE_DIR / env.str("ENV_FILE", ".env")).is_file():
    env.read_env(env_file)


def secret_key():
    """Return the key from SECRET_KEY or the file that SECRET_KEY_FILE names."""
    key = os.environ.get("SECRET_KEY", "")  # Not env.str(): it gives a leading "$" a meaning.
    if path := env.str("SECRET_KEY_FILE", ""):
        try:
            key = Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"SECRET_KEY_FILE cannot be read: {error}") from None
    if not key:
        raise ImproperlyConfigured("SECRET_KEY is missing: set it, or SECRET_KEY_FILE, or .env.")
    if key == "change-me":
        raise ImproperlyConfigured("SECRET_KEY is still the placeholder of .env.example.")
    return key


SECRET_KEY = secret_key()
DEBUG = env.bool("DEBUG", False)

# Where people reach it

SITE_URL = env.str("SITE_URL", "").rstrip("/")
_site = urlsplit(SITE_URL)
if SITE_URL and (_site.scheme not in ("http", "https") or not _site.hostname or _site.path):
    raise ImproperlyConfigured("SITE_URL must look like https://log.example.org, without a path.")
HTTPS = _site.scheme == "https"

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if SITE_URL:
    ALLOWED_HOSTS.append(f"[{_site.hostname}]" if ":" in _site.hostname else _site.hostname)
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Which requests came by https is for gunicorn to say (FORWARDED_ALLOW_IPS): it knows the sender.
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains and
    "security.W021",  # preload: the other hosts of the owner's domain are not ours to decide about.
]
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 24 * 60 * 60
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "worker-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}

# What it is made of

INSTALLED_APPS = [
    "accounts",
    "training",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "workoutlog.middleware.ContentSecurityPolicyMiddleware",
    "workoutlog.health.HealthMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Below the static files, which lie compressed. It adds up to 100 random bytes to each page, so
    # that its length tells nothing of a secret in it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.LogInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PreferencesMiddleware",
    "workoutlog.middleware.GoneMiddleware",
]
ROOT_URLCONF = "workoutlog.urls"
WSGI_APPLICATION = "workoutlog.wsgi.application"
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
            ],
        },
    },
]

# The database

DATABASE_POOLER = env.bool("DATABASE_POOLER", False)
SQLITE_WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)


def database(url):
    """Return the SQLite or PostgreSQL profile for `url`; its own query options win."""
    config = env.db_url_config(url)
    if config.get("ENGINE") == "django.db.backends.sqlite3":
        config["NAME"] = str(BASE_DIR / config["NAME"])
        # Threads cannot share an in-memory database, so the tests use a file as well.
        config["TEST"] = {"NAME": f"{config['NAME']}.test"}
        journal = "WAL" if SQLITE_WAL_IS_SAFE else "DELETE"
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA mmap_size=0;"
                f"PRAGMA journal_mode={journal}"
            ),
        }
    elif config.get("ENGINE") == "django.db.backends.postgresql":
        config["CONN_HEALTH_CHECKS"] = True
        config["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLER
        options = {
            "pool": {"min_size": 1, "max_size": 16, "timeout": 10},
            "connect_timeout": 5,
            "keepalives_idle": 30,
            "tcp_user_timeout": 30_000,
        }
        if not DATABASE_POOLER:  # Poolers refuse these at start; there, the role should have them.
            options["options"] = (
                "-c statement_timeout=30s -c lock_timeout=10s"
                " -c idle_in_transaction_session_timeout=60s"
                # Compiling a sum over one lifter's sets takes ten times as long as the sum.
                " -c jit=off"
                # One lifter's rows are few and in memory; by default all lifters' would be read.
                " -c random_page_cost=1.1"
                # A second process only for sums over tens of thousands of sets.
                " -c max_parallel_workers_per_gather=1"
                " -c parallel_setup_cost=4000 -c parallel_tuple_cost=0.01"
            )
    else:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://.")
    config["OPTIONS"] = options | config.get("OPTIONS", {})
    return config


DATABASES = {"default": database(env.str("DATABASE_URL", "sqlite:///var/workoutlog.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # In the database, so that every worker counts the same log-in attempts.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["accounts.hashers.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

EMAIL_URL = env.str("EMAIL_URL", "")
vars().update(env.email_url_config(EMAIL_URL or "consolemail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", f"workoutlog@{_site.hostname or 'localhost'}"
)

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "signup": "accounts.forms.SignupForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional" if EMAIL_URL else "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = True
# Allauth's rate limits are good; they count per address, so it must know whose address it sees.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", 1 if HTTPS else 0)

# Words, days and numbers

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "workoutlog.storage.StaticStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}
