"""Settings for a real site. Whatever is missing stops the start with a sentence."""

from cms.settings.base import *
from cms.settings.base import environment

SECRET_KEY = environment.secret("SECRET_KEY")
PIN_SECRET = environment.secret("PIN_SECRET", other_than=SECRET_KEY)
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")
WAGTAILADMIN_BASE_URL = environment.required("SITE_URL")
CSRF_TRUSTED_ORIGINS = environment.listed("CSRF_TRUSTED_ORIGINS")

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": environment.optional("EMAIL_HOST", "localhost"),
            "port": int(environment.optional("EMAIL_PORT", "25")),
            "username": environment.optional("EMAIL_HOST_USER"),
            "password": environment.optional("EMAIL_HOST_PASSWORD"),
            "use_tls": environment.flag("EMAIL_USE_TLS", default=False),
        },
    }
}

# The limits on wrong class codes and on sign-in count by the address that asks: how the proxy tells it.
ALLAUTH_TRUSTED_PROXY_COUNT = int(environment.optional("TRUSTED_PROXY_COUNT", "1"))
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = environment.optional("TRUSTED_CLIENT_IP_HEADER") or None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = int(environment.optional("SECURE_HSTS_SECONDS", str(60 * 60 * 24 * 365)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = environment.flag("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
