"""Files of persons: kept when they are sent, without a registration until the form is confirmed."""

import datetime as dt
import uuid
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..files import photos
from ..files.checks import check_file, check_size
from ..files.contents import CONTENT_TYPES
from ..files.storage import extension
from ..questions.kinds import Kind
from ..questions.models import Question
from ..typed.names import clean_text
from .dossier import Upload
from .models import Registration

NAME_LENGTH = 120
MOST_UNATTACHED_BYTES = 2 * 1024**3
"""Of all forms not yet confirmed together: nobody fills the disk by sending files and never registering."""

KEPT_UNATTACHED = dt.timedelta(days=1)
_TAKEN_UNTIL = KEPT_UNATTACHED - dt.timedelta(hours=1)
"""What is about to be removed is not found any more, so that nothing vanishes under a form being judged."""


def keep_upload(*, question: Question, file: UploadedFile) -> Upload:
    """Keep the file that somebody answered with; a photo as a portrait.

    Raises ValidationError when it may not be kept, in words for the person.
    """
    _refuse_when_full()
    content: Any = _portrait(file) if question.kind == Kind.PHOTO else _document(file)
    upload = Upload(
        question=question,
        name=_cleaned(str(file.name), extension(content.name)),
        content_type=CONTENT_TYPES[extension(content.name)],
        size=content.size,
    )
    upload.file.save(content.name, content, save=False)
    upload.save(force_insert=True)
    return upload


def upload_of(
    public_id: uuid.UUID, *, question: Question, registration: Registration | None
) -> Upload | None:
    """The file that this form may go on with: sent lately for this question, or the registration's own."""
    free = Q(registration=None, created_at__gt=timezone.now() - _TAKEN_UNTIL)
    mine = free | Q(registration=registration) if registration else free
    return Upload.objects.filter(mine, public_id=public_id, question=question).first()


def forget_uploads(*, uploads: QuerySet[Upload]) -> int:
    """Delete the rows, and their files once that is certain; how many."""
    with transaction.atomic():
        rows = list(uploads.select_for_update(of=("self",)).order_by("pk"))
        Upload.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            transaction.on_commit(lambda row=row: row.file.storage.delete(row.file.name))  # type: ignore[misc]
    return len(rows)


def forget_unattached() -> int:
    """Delete the files of forms that nobody finished within a day; how many."""
    old = timezone.now() - KEPT_UNATTACHED
    return forget_uploads(uploads=Upload.objects.filter(registration=None, created_at__lte=old))


def _refuse_when_full() -> None:
    kept = Upload.objects.filter(registration=None).aggregate(bytes=Sum("size"))["bytes"] or 0
    if kept >= MOST_UNATTACHED_BYTES:
        raise ValidationError(
            _("We cannot take files at the moment. Please try again in an hour."), code="full"
        )


def _document(file: UploadedFile) -> UploadedFile:
    check_file(file)
    return file


def _portrait(file: UploadedFile) -> ContentFile[bytes]:
    check_size(file, most=photos.MAX_BYTES)
    try:
        return ContentFile(photos.portrait(file), name="photo.jpg")
    except photos.NoPictureError:
        raise ValidationError(
            _("We cannot read this picture. Choose a photo as JPEG, PNG, WebP or HEIC."), code="no-picture"
        ) from None
    except photos.TooLargeError:
        raise ValidationError(
            _("This picture has too many pixels. Choose a smaller one."), code="too-many-pixels"
        ) from None
    except photos.TooSmallError:
        raise ValidationError(
            _("This picture is too small. Each side needs %(side)d pixels at least."),
            params={"side": photos.LEAST_SIDE},
            code="too-small",
        ) from None


def _cleaned(name: str, kind: str) -> str:
    """The person's name of the file with the extension of what we keep."""
    stem = clean_text(PurePath(name).stem)[: NAME_LENGTH - len(kind) - 1]
    return f"{stem or 'file'}.{kind}"
