"""Settings shared by development, test and production."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE

from ..env import env
from .services import cache_from, database_from, email_from, front_cache_from

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

ENV = env()
SECRET_KEY = ENV.secret_key.get_secret_value()
SECRET_KEY_FALLBACKS = [key.get_secret_value() for key in ENV.secret_key_fallbacks]
SITE_URL = ENV.site_url.rstrip("/")
BADGE_URL = (ENV.badge_url or SITE_URL).rstrip("/")
ALLOWED_HOSTS = [*ENV.allowed_hosts, urlsplit(SITE_URL).hostname or "localhost"]
TRUSTED_PROXIES = ENV.trusted_proxies
METRICS_TOKEN = ENV.metrics_token.get_secret_value() if ENV.metrics_token else ""
REQUIRE_SECOND_FACTOR = False

INSTALLED_APPS = [
    "site_cms",
    "events",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "site_cms.editing.apps.QuietAdmin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "site_cms.page_cache.PageCache",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "site_cms.middleware.FormsInUtf8",
    "site_cms.content_security.ContentSecurity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "site_cms.languages.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "site_cms.middleware.SecondFactor",
    "site_cms.editing.gate.PagesInReach",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "site_cms.urls"
WSGI_APPLICATION = "site_cms.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "django.template.context_processors.i18n",
            ],
        },
    },
]

DATABASES = {"default": database_from(ENV.database_url, VAR_DIR / "db.sqlite3", ENV.database_pool_size)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": cache_from(ENV.cache_url),
    # Which sizes of which images exist; asked for on every page with an image.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
    },
    # In each process, for three seconds unless who keeps it says else: what must be cheap, but never old.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "TIMEOUT": 3,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
vars().update(email_from(ENV.email_url))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.email_from

# Mail: the outbox renders each kind of message by this table (dotted, because the outbox is the
# lower room and must not import the rooms that write mails).
OUTBOX_RENDERERS = "site_cms.mails.RENDERERS"
# Pages follow what is done to an event; the domain, which knows no page, asks here.
EVENT_FACES = "site_cms.pages.faces.FACES"
# And whoever shows an event hears that it looks different.
EVENT_WATCHER = "site_cms.front_cache.event_changed"
# The cache in front of the site; none: nothing is emptied.
WAGTAILFRONTENDCACHE = front_cache_from(ENV.frontend_cache_url)
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": True,
    }
}

AUTH_USER_MODEL = "site_cms.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "events.access.backends.TeamBackend",
    "site_cms.editing.backends.EditorBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAILADMIN_LOGIN_URL = "account_login"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "site_cms.accounts.StaffAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "site_cms.forms.SignIn",
    "reset_password": "site_cms.forms.NewPasswordAsked",
    "reset_password_from_key": "site_cms.forms.NewPassword",
    "change_password": "site_cms.forms.OtherPassword",
    "reauthenticate": "site_cms.forms.PasswordAgain",
}
# Staff sign in once a working day.
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = 12 * 60 * 60
# A stranger must not make the site write to an address of their choice.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# axes counts failures for each account and address; allauth's own count by address alone would lock a venue.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": None}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_FORMS = {
    "authenticate": "site_cms.forms.SecondFactor",
    "reauthenticate": "site_cms.forms.SecondFactorAgain",
    "activate_totp": "site_cms.forms.FirstCode",
}
MFA_TOTP_ISSUER = "IPPC Events"
# axes locks by address alone unless told otherwise, which would lock a whole venue.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_USERNAME_CALLABLE = "site_cms.accounts.account_tried"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "site_cms.client.client_address"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("ru", "Русский"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
WAGTAIL_I18N_ENABLED = True
# wagtail-localize publishes untranslated copies at once unless told otherwise.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = ENV.media_root or VAR_DIR / "media"
MEDIA_URL = "/media/"
# Beside the images, never below them: what serves images must not find a document.
DOCUMENTS_STORAGE = {
    "BACKEND": "events.files.storage.ApartStorage",
    "OPTIONS": {"location": ENV.documents_root or Path(MEDIA_ROOT).parent / "documents"},
}
PRIVATE_STORAGE = {
    "BACKEND": "events.files.storage.ApartStorage",
    "OPTIONS": {"location": ENV.private_root or Path(MEDIA_ROOT).parent / "private"},
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": DOCUMENTS_STORAGE,
    "private": PRIVATE_STORAGE,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

WAGTAIL_SITE_NAME = "IPPC Events"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "site_cms.SiteImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "site_cms.pages.image_form.ImageForm"
# No SVG: it can run scripts. A small file of many pixels would fill the memory.
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpeg", "jpg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "site_cms.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "site_cms.documents.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# A colleague's approval publishes, although neither of the two may publish alone.
WAGTAIL_FINISH_WORKFLOW_ACTION = "site_cms.editing.approval.publish_approved"
WAGTAILADMIN_COMMENTS_ENABLED = False  # It mails them in the request, and fails without the mail server.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "site_cms.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
    },
}
# What the staff screens need more.
STAFF_CONTENT_SECURITY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
# wagtail-localize's editor writes its styles while running, and shows nothing where it may not.
PAGE_EDITOR_CONTENT_SECURITY = STAFF_CONTENT_SECURITY | {"style-src": [SELF, UNSAFE_INLINE]}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"mask": {"()": "site_cms.logs.MaskSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["mask"]}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    # The library tells of every task twice.
    "loggers": {"django_tasks_db": {"level": "WARNING"}, "django_tasks": {"level": "WARNING"}},
}
