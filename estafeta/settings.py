"""Django's settings, made from `configuration.Configuration`. Nothing here is edited to configure."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from estafeta.configuration import Configuration
from estafeta.lib import logs, static_files
from estafeta.lib.quick_language import use_quick_language
from estafeta.lib.sqlite.bundled import use_bundled_sqlite

use_bundled_sqlite()
use_quick_language()

HERE = Path(__file__).resolve().parent
CONFIGURATION = Configuration()
DATA = CONFIGURATION.data
# Nobody else on this machine has to read what people write here.
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)

SECRET_KEY = CONFIGURATION.signing_key()
DEBUG = CONFIGURATION.debug
LOGGING = logs.configuration(debug=DEBUG)
ALLOWED_HOSTS = CONFIGURATION.allowed_hosts
PUBLIC_URL = CONFIGURATION.public_url
ROOT_URLCONF = "estafeta.urls"
WSGI_APPLICATION = None
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_tasks",
    "estafeta.lib.jobs",
    "estafeta.accounts",
    "estafeta.presence",
    "estafeta.tickets",
    "estafeta.chat",
    "estafeta.notifications",
    "estafeta.realtime",
    "estafeta.signin",
    "estafeta.desk",
    "estafeta.api",
    "estafeta.ops",
]

MIDDLEWARE = [
    "estafeta.lib.security.SecurityHeadersMiddleware",
    "estafeta.lib.compressing.CompressingMiddleware",
    "estafeta.signin.errors.ErrorPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "estafeta.signin.last_seen.LastSeenMiddleware",
    "estafeta.accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "estafeta.signin.first_run.FirstRunMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "estafeta.jinja.Jinja2",
        "NAME": "jinja2",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "estafeta.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "estafeta.lib.csrf_once.once",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "estafeta.lib.sqlite",
            "NAME": DATA / "estafeta.sqlite3",
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # The server keeps the plan of what is asked again and again; with a pooler in between that
        # cannot do this, the address says ?prepare_threshold=none.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **_options(parts.query)},
    }


def _options(query: str) -> dict[str, object]:
    found: dict[str, object] = dict(parse_qsl(query))
    if found.get("prepare_threshold") == "none":
        found["prepare_threshold"] = None
    return found


DATABASES = {"default": _database(CONFIGURATION.database_url)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "estafeta_cache",
        # Counters of tries live here; a small limit would let an attacker push them out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600 * 4
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

AUTHENTICATION_BACKENDS = ["estafeta.signin.backend.Backend"]
ACCOUNT_ADAPTER = "estafeta.signin.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Allauth asks for it; our own people may share an address, and then the password decides.
ACCOUNT_UNIQUE_EMAIL = True
# amount / period / per: a whole office may sit behind one address, so that one gets more.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/5m/ip,6/5m/key",
    "reset_password": "20/h/ip,4/h/key",
    "reset_password_from_key": "30/5m/ip",
    "change_password": "6/5m/user",
    "set_up": "30/5m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIGURATION.trusted_proxies

_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_ENGINE = "estafeta.lib.sessions"
SESSION_COOKIE_AGE = CONFIGURATION.session_days * 86400
SESSION_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "estafeta_session"
CSRF_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_NAME = "estafeta_csrf"
CSRF_USE_SESSIONS = False
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_FAILURE_VIEW = "estafeta.signin.errors.wrong_csrf"
if CONFIGURATION.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
API_REQUESTS_PER_MINUTE = CONFIGURATION.api_requests_per_minute
DESK_RATES = {
    "upload": CONFIGURATION.uploads_per_minute,
    "story": CONFIGURATION.stories_per_minute,
    "export": CONFIGURATION.exports_per_minute,
    "search": CONFIGURATION.searches_per_minute,
    "preview": CONFIGURATION.previews_per_minute,
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
UPLOAD_MEGABYTES = CONFIGURATION.upload_megabytes
CLAMD = CONFIGURATION.clamd
INSIDE_ADDRESSES = CONFIGURATION.inside_addresses
ALIKE_TOLD_SINGLY = CONFIGURATION.alike_told_singly

LANGUAGE_CODE = "en"
LANGUAGES = [("ru", "Русский"), ("uk", "Українська"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = ["estafeta.locale.formats"]
LANGUAGE_COOKIE_NAME = "estafeta_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# The address names the content. `serve` publishes a compressed copy; without one, and in
# development, the sources themselves are served.
_STATIC_VERSION = "dev" if DEBUG else static_files.version(HERE / "static")
_PUBLISHED = DATA / "static" / _STATIC_VERSION
STATIC_URL = f"/static/{_STATIC_VERSION}/"
STATIC_ROOT = _PUBLISHED if _PUBLISHED.is_dir() else None
STATICFILES_DIRS = [HERE / "static"]


def _attachments(given: Configuration) -> dict[str, object]:
    """Files of tickets: a folder, or a bucket for many machines."""
    if not given.s3_bucket:
        folder = {"location": DATA / "files" / "attachments", "file_permissions_mode": 0o600}
        return {"BACKEND": "estafeta.lib.blobs.FolderBlobs", "OPTIONS": folder}
    options = {
        "bucket_name": given.s3_bucket, "endpoint_url": given.s3_endpoint or None,
        "region_name": given.s3_region or None, "access_key": given.s3_access_key or None,
        "secret_key": given.s3_secret_key or None, "location": given.s3_folder,
    }  # fmt: skip
    return {"BACKEND": "estafeta.lib.s3_blobs.S3Blobs", "OPTIONS": options}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "attachments": _attachments(CONFIGURATION),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/[0-9a-f]{12}/"
MEDIA_ROOT = DATA / "files"

TASKS = {"default": {"BACKEND": "estafeta.lib.jobs.backend.TableBackend"}}

EMAIL_BACKEND = "estafeta.lib.mail_backend.HouseBackend"
# Who tells how mail leaves: what is set here, else what administrators have set on a page.
MAIL_SERVER = "estafeta.notifications.channels.mail.server.current"
# What stands in a department on higher floors goes where it goes: `follow(department, into)`.
DEPARTMENT_FOLLOWERS = (
    "estafeta.notifications.merged_departments.follow",
    "estafeta.chat.merged_departments.follow",
)
# What a browser was given is taken back when its session is ended: `forget(person, only=, but=)`.
BROWSER_FOLLOWERS = ("estafeta.notifications.channels.webpush.signing_out.forget",)
EMAIL_HOST = CONFIGURATION.smtp_host
EMAIL_PORT = CONFIGURATION.smtp_port
EMAIL_HOST_USER = CONFIGURATION.smtp_user
EMAIL_HOST_PASSWORD = CONFIGURATION.smtp_password
EMAIL_USE_TLS = CONFIGURATION.smtp_security == "starttls"
EMAIL_USE_SSL = CONFIGURATION.smtp_security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from
