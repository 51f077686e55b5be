import datetime as dt
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from events.questions.kinds import Kind
from events.questions.models import Question
from events.registration import uploads
from events.registration.answering import values_of
from events.registration.dossier import Upload
from events.registration.models import Registration
from events.registration.uploads import forget_unattached, keep_upload, upload_of
from tests.factories import make_event, make_question, make_registration, make_set
from tests.site_cms.files import PDF

from .walking import address, open_event, send, typed

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


def test_nobody_fills_the_disk_without_registering(question, monkeypatch):
    kept(question)
    monkeypatch.setattr(uploads, "MOST_UNATTACHED_BYTES", len(PDF))
    with pytest.raises(ValidationError) as refused:
        kept(question)
    assert refused.value.code == "full"
    Upload.objects.update(registration=make_registration(question.question_set.event))
    kept(question)


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


def test_a_photo_travels_through_all_pages_to_the_registration(client):
    event = open_event()
    photo = make_question(make_set(event), "photo", Kind.PHOTO, is_required=True)
    other = make_question(make_set(event, position=1), "other", is_required=True)
    picture = BytesIO()
    Image.new("RGB", (700, 500), "green").save(picture, "PNG")
    file = SimpleUploadedFile("me.png", picture.getvalue())
    page = send(client, client.get(address()), **typed())
    page = send(client, page, **{f"q{photo.pk}": file})
    assert f'name="q{other.pk}"' in page.text
    upload = Upload.objects.get()
    page = send(client, page, **{f"q{other.pk}": "Words"})
    assert "me.jpg" in page.text
    assert send(client, page, "done/").status_code == 303
    upload.refresh_from_db()
    assert upload.registration == Registration.objects.get()
    assert values_of(upload.registration) == {
        photo.pk: {"upload": str(upload.public_id), "name": "me.jpg"},
        other.pk: "Words",
    }


def test_a_photo_that_is_none_is_refused_on_its_page(client):
    event = open_event()
    photo = make_question(make_set(event), "photo", Kind.PHOTO, is_required=True)
    page = send(client, client.get(address()), **typed())
    page = send(client, page, **{f"q{photo.pk}": SimpleUploadedFile("me.png", b"no picture")})
    assert page.status_code == 422
    assert "We cannot read this picture." in page.text
    assert not Upload.objects.exists()


def test_a_file_that_is_removed_no_longer_travels(client):
    event = open_event()
    letter = make_question(make_set(event), "letter", Kind.FILE)
    other = make_question(make_set(event, position=1), "other", is_required=True)
    page = send(client, client.get(address()), **typed())
    page = send(client, page, **{f"q{letter.pk}": SimpleUploadedFile("a.pdf", PDF)})
    page = send(client, page, **{f"q{letter.pk}-remove": "on"})
    page = send(client, page, **{f"q{other.pk}": "Words"})
    assert "a.pdf" not in page.text
    send(client, page, "done/")
    assert list(values_of(Registration.objects.get())) == [other.pk]
