"""Django's settings. What an operator may change stands in `environment.py`; what stands here is the program."""

from datetime import timedelta

from csp.constants import NONE, SELF

from porchlight.server.config.agency_login import agency_login
from porchlight.server.config.database import database_settings
from porchlight.server.config.environment import mail_settings, read_environment

PORCHLIGHT = read_environment()

SECRET_KEY = PORCHLIGHT.secret_key
DEBUG = False
ALLOWED_HOSTS = [PORCHLIGHT.host, *(f"{side}.{PORCHLIGHT.host}" for side in ("agency", "review", "operator"))]

INSTALLED_APPS = [
    "porchlight.server.foundation",
    "porchlight.server.accounts",
    "porchlight.server.tokens",
    "porchlight.server.transparency",
    "porchlight.server.agencies",
    "porchlight.server.video_requests",
    "porchlight.server.on_call",
    "porchlight.server.disclosures",
    "porchlight.server.households",
    "porchlight.server.footage",
    "porchlight.server.notifications",
    "porchlight.server.consent",
    "porchlight.server.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_vite",
]

MIDDLEWARE = [
    "porchlight.server.operations.probes.ProbesMiddleware",
    "porchlight.server.operations.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "porchlight.server.portals.agency.headers.AgencyHeadersMiddleware",
    "porchlight.server.foundation.sides.SideMiddleware",
    "porchlight.server.foundation.walls.middleware.AgencyWallMiddleware",
    "porchlight.server.foundation.sides.SideSessionMiddleware",
    "porchlight.server.foundation.sides.SideCsrfMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "porchlight.server.accounts.sessions.SessionRulesMiddleware",
    "porchlight.server.foundation.routing.AudienceMiddleware",
    "porchlight.server.foundation.edge.RefusalMiddleware",
]

ROOT_URLCONF = "porchlight.server.portals.resident.urls"
ASGI_APPLICATION = "porchlight.server.config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "porchlight.server.ui.templatetags.porchlight"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "porchlight.server.ui.context.shell",
            ],
        },
    }
]
# Portals and demo keep their templates beside their views; they are not Django apps.
TEMPLATES[0]["DIRS"] = [
    PORCHLIGHT.web_dist.parents[2] / "portals" / side / "templates"
    for side in ("resident", "agency", "review", "operator", "public", "demo", "api")
] + [PORCHLIGHT.web_dist.parents[1] / "templates"]  # before allauth's own

DATABASES = {"default": database_settings(PORCHLIGHT.database_url)}
# What differs where the agency side connects (foundation.walls).
AGENCY_LOGIN = agency_login(PORCHLIGHT)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Every web process counts tries and spent codes in the same place.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["porchlight.server.accounts.backend.SideBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# The other kind of link holds the row's number, which counts the accounts of all sides.
ACCOUNT_EMAIL_CONFIRMATION_HMAC = False
ACCOUNT_ADAPTER = "porchlight.server.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "porchlight.server.accounts.forms.SideLoginForm",
    "signup": "porchlight.server.accounts.forms.ResidentSignupForm",
    "reset_password": "porchlight.server.accounts.forms.SideResetPasswordForm",
    "reset_password_from_key": "porchlight.server.accounts.forms.NewPasswordForm",
    "user_token": "porchlight.server.accounts.forms.SideUserTokenForm",
    "change_password": "porchlight.server.accounts.forms.OtherPasswordForm",
    "reauthenticate": "porchlight.server.accounts.forms.PasswordAgainForm",
    "add_email": "porchlight.server.accounts.forms.AddressForm",
}
ACCOUNT_SESSION_REMEMBER = True  # residents; staff sessions are shorter (accounts.sessions)
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# "login_failed" counts wrong codes of the second factor; passwords are counted side by side in accounts.adapter.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/300s/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/m/key",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PORCHLIGHT.secure else "http"
ACCOUNT_USER_DISPLAY = "porchlight.server.accounts.access.name_of"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "porchlight.server.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "porchlight.server.accounts.forms.NewAppForm",
    "add_webauthn": "porchlight.server.accounts.forms.PasskeyForm",
    "edit_webauthn": "porchlight.server.accounts.forms.PasskeyNameForm",
    "login_webauthn": "porchlight.server.accounts.forms.PasskeyLoginForm",
    "authenticate": "porchlight.server.accounts.forms.CodeForm",
    "authenticate_webauthn": "porchlight.server.accounts.forms.UsePasskeyForm",
    "reauthenticate": "porchlight.server.accounts.forms.CodeAgainForm",
    "reauthenticate_webauthn": "porchlight.server.accounts.forms.UsePasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PORCHLIGHT.secure
MFA_TOTP_ISSUER = "Porchlight"
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute off

# Only the last proxy's word counts; without one, what a client says of itself counts for nothing.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PORCHLIGHT.trusted_proxy else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PORCHLIGHT.trusted_proxy else None

CSRF_FAILURE_VIEW = "porchlight.server.portals.api.answers.csrf_failure"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PORCHLIGHT.secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if PORCHLIGHT.secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PORCHLIGHT.secure
X_FRAME_OPTIONS = "DENY"

# Each side is a host of its own, so 'self' is that side alone. Nothing from outside, no inline script or style.
_TILES = (
    [PORCHLIGHT.map_url.split("/", 3)[0] + "//" + PORCHLIGHT.map_url.split("/", 3)[2]]
    if PORCHLIGHT.map_url
    else []
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF, *_TILES],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],  # a download that the service worker hands over, in a hidden frame
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
globals().update(mail_settings(PORCHLIGHT.smtp_url))
DEFAULT_FROM_EMAIL = f"Porchlight <porchlight@{PORCHLIGHT.host}>"

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en-us", "English"), ("es", "Español")]
FORMAT_MODULE_PATH = "porchlight.server.formats"
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [PORCHLIGHT.web_dist.parents[2] / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PORCHLIGHT.web_dist] if PORCHLIGHT.web_dist.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    # File names carry their hash already where vite made them.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+[.-][0-9a-zA-Z_-]{8,12}\..+$"
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": PORCHLIGHT.web_dist / "manifest.json"}}

# Forms carry text and small envelopes; footage goes past Django's parser, in parts.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Up to here a request's body stays in memory, beyond it goes to a temporary file: a part of an upload (8 MiB) never does.
FILE_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "fontTools": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
