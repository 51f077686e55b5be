import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.questions.kinds import Kind
from events.questions.models import Question
from events.registration.dossier import Upload
from events.registration.uploads import forget_unattached, keep_upload, upload_of
from tests.factories import make_event, make_question, make_registration, make_set
from tests.site_cms.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def question() -> Question:
    return make_question(make_set(make_event()), "letter", Kind.FILE)


def kept(question: Question, name: str = "a.pdf", *, hours_ago: int = 0) -> Upload:
    upload = keep_upload(question=question, file=SimpleUploadedFile(name, PDF))
    Upload.objects.filter(pk=upload.pk).update(created_at=timezone.now() - dt.timedelta(hours=hours_ago))
    return upload


@pytest.mark.parametrize(
    "sent, name",
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("Lettre\u202efdp.exe.PDF", "Lettrefdp.exe.pdf"),
        ("رسالة.pdf", "رسالة.pdf"),
        ("--.pdf", "file.pdf"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_the_name_that_is_kept_is_harmless(question, sent, name):
    upload = kept(question, sent)
    assert upload.name == name
    assert "/" not in upload.file.name
    assert upload.file.name.endswith(".pdf")


def test_what_nobody_finished_goes_after_a_day_and_is_not_taken_before(
    question, django_capture_on_commit_callbacks
):
    old, late, fresh, attached = (kept(question, hours_ago=hours) for hours in (25, 24, 1, 48))
    registration = make_registration(question.question_set.event)
    Upload.objects.filter(pk=attached.pk).update(registration=registration)
    found = [upload_of(each.public_id, question=question, registration=None) for each in (old, late, fresh)]
    assert found == [None, None, fresh]
    assert upload_of(attached.public_id, question=question, registration=registration) == attached
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unattached() == 2
    assert set(Upload.objects.all()) == {fresh, attached}
    assert not old.file.storage.exists(old.file.name)
    assert fresh.file.storage.exists(fresh.file.name)
