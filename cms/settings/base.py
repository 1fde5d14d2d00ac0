"""Settings that hold everywhere. The environment is read through `environment` only."""

from pathlib import Path
from typing import Literal

import dj_database_url
from django.conf.locale import LANG_INFO
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from cms.settings import environment
from cms.settings.environment import BASE_DIR

environment.read_dotenv(BASE_DIR / ".env")

DEBUG = False
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "users.User"
SITE_ID = 1

INSTALLED_APPS = [
    "cms.home",
    "schools",
    "curriculum",
    "quizzes",
    "cms.help",
    "cms.users",
    "cms.core",
    "modeltranslation",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "cms.users.wagtail_people.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",  # Wagtail's search index asks for it on PostgreSQL
    "django.contrib.sites",
]

MIDDLEWARE = [
    "cms.core.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.core.middleware.PublicPageMiddleware",
    # Inside the cache of public pages, so that each of them is compressed once.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "schools.middleware.StudentFenceMiddleware",
    "schools.middleware.RowSecurityMiddleware",
    "schools.middleware.SecondFactorMiddleware",
    "cms.core.middleware.PersonalPageMiddleware",
]
ADMIN_PREFIX = "/cms/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "cms" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cms.core.context_processors.languages",
                "cms.core.context_processors.site_links",
                "cms.core.context_processors.interface",
                "schools.presenters.navigation.staff_nav",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        environment.optional("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }

# Whether the frequent reads keep their plans on PostgreSQL's connections.
DATABASE_PREPARES = environment.flag("DATABASE_PREPARES", default=True)
# Whether each request names the schools whose pupils' rows it may see (PostgreSQL, `prepare_large_tables`).
ROW_SECURITY = environment.flag("ROW_SECURITY", default=False)

REDIS_URL = environment.optional("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "TIMEOUT": 60,
    }
    if REDIS_URL
    else {
        # Each worker has its own, so nothing may live longer than the minute we promise.
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache" if REDIS_URL else "cms.core.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cms.home.views.errors.csrf_failure"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People -------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "schools.authorization.backend.PlaceBackend",
    "schools.authorization.backend.PictureBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "cms.users.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sure Steps"
# Accounts are given, so an address is the giver's word; a second factor must not wait for a message.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# The list of sign-ins is written at sign-in alone, by allauth's own signal, which no student's sign-in sends:
# no middleware follows what a person does.
USERSESSIONS_ADAPTER = "cms.users.adapter.UserSessionsAdapter"

# Languages ----------------------------------------------------------------------------------

# Django's table has no Assamese; without this `/as/` would answer 404.
LANG_INFO["as"] = {"bidi": False, "code": "as", "name": "Assamese", "name_local": "অসমীয়া"}
# Django writes these two names in Latin letters.
LANG_INFO["kn"] = LANG_INFO["kn"] | {"name_local": "ಕನ್ನಡ"}
LANG_INFO["pa"] = LANG_INFO["pa"] | {"name_local": "ਪੰਜਾਬੀ"}

LANGUAGES = [
    ("en", _("English")),
    ("hi", _("Hindi")),
    ("as", _("Assamese")),
    ("kn", _("Kannada")),
    ("ml", _("Malayalam")),
    ("mr", _("Marathi")),
    ("pa", _("Punjabi")),
    ("te", _("Telugu")),
    ("ur", _("Urdu")),
]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in LANGUAGES)
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LANGUAGE_CODE = "en"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 90
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Kolkata"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = "cms.formats"

# Wagtail ------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Sure Steps"
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = environment.optional("SITE_URL", "http://127.0.0.1:8000")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
# Nothing is published but by both reviews, of exactly these words.
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.home.editorial.reviews.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_EXTENSIONS = ["pdf"]
RELEASE = environment.optional("RELEASE", "0.1.0")
"""Part of every ETag: a new release makes every page new."""

# Files --------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.optional("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
VAR_DIR = Path(environment.optional("VAR_DIR", str(BASE_DIR / "var")))
"""What this installation keeps for itself: its own secrets in development, who is in the demonstration."""
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(environment.optional("MEDIA_ROOT", str(BASE_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# Safety -------------------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# Our own SecurityHeadersMiddleware sends X-Frame-Options: a preview in the editors' side needs another one.
SILENCED_SYSTEM_CHECKS = ["security.W002"]
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Wagtail's admin needs inline script and style; nothing else gets this policy.
ADMIN_CSP: dict[str, list[str]] = SECURE_CSP | {
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.SELF],
}
QUICK_EXIT_URL = environment.optional("QUICK_EXIT_URL", "https://en.wikipedia.org/wiki/Special:Random")
"""Where the exit control leads: a place that looks like any other reading."""

# No mail to administrators: it would carry the address of whoever met the error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_help_visits": {"()": "cms.help.logs.WithoutHelpVisits"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_help_visits"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}},
}

# Pupils -------------------------------------------------------------------------------------

STUDENT_IDLE_SECONDS = 15 * 60

MAILERS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
DEFAULT_FROM_EMAIL = environment.optional("DEFAULT_FROM_EMAIL", "no-reply@localhost")
OPERATOR_CONTACT = environment.optional("OPERATOR_CONTACT")
"""Whom a department asks that waits or is suspended: an address or a number, shown as it stands."""
