"""Settings for the tests: fast hashing, tasks at once, mail in memory."""

from cms.settings.base import *

INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations", "django_migration_linter"]
TEMPLATES[0]["OPTIONS"]["debug"] = True  # type: ignore[index]  # for the coverage of templates
SECRET_KEY = "only-for-tests"
PIN_SECRET = "only-for-tests-pictures"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
QUICK_EXIT_URL = "/exit/gone/"
ACCOUNT_RATE_LIMITS = False
# For a second run on PostgreSQL: the tables that grow are split by school and their rows fenced.
ROW_SECURITY = environment.flag("TEST_LARGE_TABLES", default=False)
