"""Settings of the office. What differs between installations comes from the environment (docs/settings.md)."""

import os
from datetime import timedelta

import dj_database_url

from gongkai.office.project import headers
from gongkai.office.project.environment import (
    address_of_sender,
    counted,
    data_directory,
    folder,
    gateway_url,
    key_ring,
    listed,
    mail_server,
    secret,
    switched_on,
    whole_numbers,
)

DATA_DIR = data_directory()
DEBUG = switched_on("GONGKAI_DEBUG")
DEMONSTRATION = switched_on("GONGKAI_DEMONSTRATION")
SITE_URL = listed("GONGKAI_SITE_URL", "http://127.0.0.1:8000")[0].rstrip("/")
SECRET_KEY = secret("GONGKAI_SECRET_KEY", DATA_DIR)
# What people tell about themselves is sealed with these: the first seals, all of them open (office/personal).
PERSONAL_KEYS = key_ring("GONGKAI_PERSONAL_KEYS", DATA_DIR)
ALLOWED_HOSTS = listed("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    "gongkai.office.project",
    "gongkai.office.portal",
    "gongkai.office.desk",
    "gongkai.office.api",
    "gongkai.office.reporting",
    "gongkai.office.remedies",
    "gongkai.office.casework",
    "gongkai.office.normative",
    "gongkai.office.engagement",
    "gongkai.office.services",
    "gongkai.office.channels",
    "gongkai.office.ledgers",
    "gongkai.office.publishing",
    "gongkai.office.applicants",
    "gongkai.office.notices",
    "gongkai.office.accounts",
    "gongkai.office.organs",
    "gongkai.office.personal",
    "gongkai.office.renderings",
    "gongkai.office.audit",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Last: what a room says of a form's widget goes before what Django does.
    "django.forms",
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

MIDDLEWARE = [
    # First, because it takes a prefix off the address that all others look at.
    "gongkai.office.portal.display.ByAddress",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "gongkai.office.project.headers.Strict",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.office.accounts.gate.Gate",
    "gongkai.office.desk.refusals.Refusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.office.project.disk.TellFullDisk",
    # Last, because it turns what the view answers into the page for whoever is locked out.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "gongkai.office.project.urls"
WSGI_APPLICATION = "gongkai.office.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.office.portal.context.frame",
            ],
        },
    },
]

# --- The database: SQLite beside the data, or whatever DATABASE_URL names ---------------------------------------------

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{DATA_DIR / 'gongkai.sqlite3'}", conn_max_age=600)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock when it begins: two of them wait for each other instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: what is erased is overwritten in the file, however SQLite was built.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "gongkai.office.accounts.backends.Appointed",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongkai.office.accounts.passwords.LongEnough"},
    {"NAME": "gongkai.office.accounts.passwords.SeveralKinds"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "staff_number", "phone", "email"]},
    },
    {"NAME": "gongkai.office.accounts.passwords.NotUsedLately"},
]
WAGTAIL_PASSWORD_RESET_ENABLED = False

# Locked out: this account from this address, after five wrong passwords, for a quarter of an hour.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "gongkai.office.accounts.visitors.address_of"
AXES_LOCKOUT_CALLABLE = "gongkai.office.accounts.views.sign_in.locked"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The second factor: on, except where the demonstration county or a developer runs.
REQUIRE_SECOND_FACTOR = switched_on("GONGKAI_REQUIRE_SECOND_FACTOR", default=not (DEBUG or DEMONSTRATION))
OTP_TOTP_ISSUER = "政府信息公开工作平台"

# --- Sessions, cookies and the way in through proxies -----------------------------------------------------------------

SESSION_IDLE_SECONDS = 30 * 60
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_NAME = "gongkai_session"
CSRF_COOKIE_NAME = "gongkai_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
TRUSTED_PROXIES = counted("GONGKAI_TRUSTED_PROXIES", 0)
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "gongkai.office.portal.views.errors.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
if HTTPS and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Whether every other site under the same domain speaks https is not this installation's to promise to browsers.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": headers.CONTENT_SECURITY_POLICY}

# --- What a request may bring -----------------------------------------------------------------------------------------

UPLOAD_MAX_BYTES = counted("GONGKAI_UPLOAD_MAX_MB", 100) * 2**20
PUBLIC_UPLOAD_MAX_BYTES = counted("GONGKAI_PUBLIC_UPLOAD_MAX_MB", 30) * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 50
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "counters": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "counters",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

# Links to other sites are asked only by an installation that has a way out.
CHECK_LINKS = switched_on("GONGKAI_CHECK_LINKS")

# --- What leaves the office: off until the environment says where to ---------------------------------------------------

_MAIL = mail_server("GONGKAI_SMTP_URL")
EMAIL_BACKEND = "gongkai.office.notices.channels.mail.connection.Backend"
EMAIL_HOST, EMAIL_PORT = _MAIL.host, _MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.use_tls, _MAIL.use_ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = address_of_sender("GONGKAI_MAIL_FROM")
# The part after @ in the number of each letter (Message-ID).
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rstrip(">").rpartition("@")[2]
# Working days left at which an application is reminded of; late ones every day.
REMINDER_DAYS = whole_numbers("GONGKAI_REMINDER_DAYS", "10,5,2,0")
TEXT_URL, TEXT_TOKEN = gateway_url("GONGKAI_TEXT_URL"), os.environ.get("GONGKAI_TEXT_TOKEN", "")

# --- What is not needed any more --------------------------------------------------------------------------------------

# Whole years after its end in which a case keeps what tells who applied (docs/settings.md says what it rests on).
CASE_RETENTION_YEARS = counted("GONGKAI_CASE_RETENTION_YEARS", 10)
# Whole years without a sign-in after which an applicant's account is closed; a mail says so a month before.
ACCOUNT_RETENTION_YEARS = counted("GONGKAI_ACCOUNT_RETENTION_YEARS", 3)

# --- What went wrong ---------------------------------------------------------------------------------------------------

# Django tells of an error by mail to administrators or not at all. Here it stands in the server's own output, where the
# page that says "we have noted it" has it; tracebacks hold lines of code and no values of variables.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"timed": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "timed"}},
    "loggers": {"django.request": {"handlers": ["output"], "level": "ERROR"}},
}

# --- Language and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Public pages and attachments that stand as files; nginx may look into the same folder (deploy/).
RENDERINGS_ROOT = DATA_DIR / "public"
# The search index: made from the database by each host for itself, on a disk of its own (not a shared one).
SEARCH_ROOT = folder("GONGKAI_SEARCH", DATA_DIR / "search")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names with a hash: browsers keep them for good, and a changed file has another name.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}

# --- What follows a publication, a correction or a withdrawal, in the same transaction: called with ids of items and `at` ---

PUBLICATION_FOLLOWERS = ["gongkai.office.normative.actions.follow", "gongkai.office.engagement.actions.follow"]

# --- Background work: a table in the same database, worked off by `gongkai serve` -------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- The staff's shell ------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "政府信息公开工作平台"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_I18N_ENABLED = False
# Records are found by the office's own search; Wagtail's index is not kept for them.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
