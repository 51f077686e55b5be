"""Notes of colleagues on a registration: added, never changed, never deleted."""

from django.contrib.auth.models import AbstractBaseUser

from .dossier import Note
from .models import Registration


def add_note(*, registration: Registration, text: str, user: AbstractBaseUser) -> Note:
    """Write down what colleagues should know. The person never reads it."""
    return Note.objects.create(registration=registration, text=text, user_id=user.pk)
