"""Settings of the office. What differs between installations comes from the environment (docs/settings.md)."""

import dj_database_url

from gongkai.office.project.environment import data_directory, listed, secret, switched_on

DATA_DIR = data_directory()
DEBUG = switched_on("GONGKAI_DEBUG")
SECRET_KEY = secret("GONGKAI_SECRET_KEY", DATA_DIR)
ALLOWED_HOSTS = listed("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = [
    "gongkai.office.portal",
    "gongkai.office.desk",
    "gongkai.office.api",
    "gongkai.office.normative",
    "gongkai.office.publishing",
    "gongkai.office.accounts",
    "gongkai.office.organs",
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
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # First, because it takes a prefix off the address that all others look at.
    "gongkai.office.portal.display.ByAddress",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People -----------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "gongkai.office.accounts.backends.Appointed"]

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
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- What follows a publication, a correction or a withdrawal, in the same transaction: called with ids of items and `at` ---

PUBLICATION_FOLLOWERS = ["gongkai.office.normative.actions.follow"]

# --- Background work: a table in the same database, worked off by `gongkai serve` -------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- The staff's shell ------------------------------------------------------------------------------------------------

SITE_URL = listed("GONGKAI_SITE_URL", "http://127.0.0.1:8000")[0].rstrip("/")
WAGTAIL_SITE_NAME = "政府信息公开工作平台"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_I18N_ENABLED = False
# Records are found by the office's own search; Wagtail's index is not kept for them.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
