"""Settings of `make run`: a demonstration on this machine."""

from .base import *  # noqa: F403 - Django's way to derive settings
from .base import ENV, STATIC_ROOT, VAR_DIR
from .services import email_from

DEBUG = False
ALLOWED_HOSTS = ["*"]
DEMONSTRATION = True
# Files come from their folders; WhiteNoise warns about a folder of collected ones that is not there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
if ENV.email_url == "console:":
    # Mails land as files, so that a newcomer can open the confirmation.
    vars().update(email_from(f"file://{VAR_DIR / 'mail'}"))
