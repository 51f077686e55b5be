"""Questions that are answered by a file, which is kept at once: its signed name travels in the form."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from ...access.signed_link import SignedLink, public_id_in
from ...files.checks import ACCEPTED
from ...files.photos import PICTURES
from .base import AnswerType, common

if TYPE_CHECKING:
    from ..models import Question

UPLOAD = SignedLink("events.questions.upload")
"""What a browser is given for a file that it sent. Never an address: nothing can be fetched with it."""


REMOVED = "-remove"
"""Behind the name of a file's question: the box by which the person takes the file out."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that we have, and what the person called it."""

    public_id: uuid.UUID
    name: str

    @property
    def token(self) -> str:
        """What the form posts for it."""
        return UPLOAD.token_for(self.public_id, 0)

    @property
    def value(self) -> dict[str, str]:
        """What JSON keeps of the answer."""
        return {"upload": str(self.public_id), "name": self.name}


def kept_in(value: Any) -> KeptFile | None:
    """The file of an answer."""
    return KeptFile(uuid.UUID(value["upload"]), value["name"]) if value else None


class UploadInput(forms.Widget):
    """A file input, and beside it the file that was sent before."""

    template_name = "django/forms/widgets/upload.html"
    needs_multipart_form = True
    kept: KeptFile | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The file that is sent now, else what stands for one sent before."""
        if name in files:
            return files[name]
        return "" if data.get(f"{name}{REMOVED}") else data.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the file that we have."""
        context = super().get_context(name, value, attrs)
        context["widget"]["kept"] = self.kept or (kept_in(value) if isinstance(value, dict) else None)
        context["widget"]["value"] = None
        if self.kept:
            context["widget"]["attrs"].pop("required", None)
        return context


class FileField(forms.Field):
    """A file; cleaned to `KeptFile` or None. The form says how a file is kept and found again."""

    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        """`accept` helps the browser to offer the right files; it proves nothing."""
        super().__init__(widget=UploadInput(attrs={"accept": accept}), **kwargs)

    def keep_by(
        self, *, keep: Callable[[UploadedFile], KeptFile], find: Callable[[uuid.UUID], KeptFile | None]
    ) -> None:
        """`keep` stores a file or raises ValidationError; `find` gives one stored before by this form."""
        self.keep, self.find = keep, find

    def found(self, token: Any) -> dict[str, str] | None:
        """The value of a file sent before; None when there is none, or none any more."""
        try:
            kept = self._sent_before(token)
        except ValidationError:
            return None
        return kept.value if kept else None

    def clean(self, value: Any) -> KeptFile | None:
        """The file that is kept."""
        kept = self.keep(value) if isinstance(value, UploadedFile) else self._sent_before(value)
        self.validate(kept)
        self.widget.kept = kept
        return kept

    def _sent_before(self, token: Any) -> KeptFile | None:
        if not token:
            return None
        public_id = public_id_in(str(token))
        kept = self.find(public_id) if public_id and UPLOAD.is_valid(str(token), public_id, 0) else None
        if kept is None:
            raise ValidationError(_("We do not have this file any more. Choose it again."), code="gone")
        return kept


class File(AnswerType):
    """A document or a picture of one. The value is the upload's identifier and name."""

    accept = ",".join(f".{kind}" for kind in ACCEPTED)

    def field(self, question: "Question", kept: Any = None) -> forms.Field:
        """A file input."""
        return FileField(accept=self.accept, **common(question))

    def value(self, cleaned: Any) -> Any:
        """What JSON keeps."""
        return cleaned.value if cleaned else None

    def posted(self, name: str, value: Any) -> list[tuple[str, str]]:
        """The signed name of the file."""
        kept = kept_in(value)
        return [(name, kept.token)] if kept else []

    def words(self, question: "Question", value: Any, language: str) -> str:
        """What the person called it."""
        return str(value["name"])


class Photo(File):
    """A portrait: any picture of a phone, which we crop and shrink."""

    accept = ",".join(PICTURES)
