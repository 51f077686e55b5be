import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from events.questions.kinds import Kind
from events.registration import link
from events.registration.dossier import Upload
from events.registration.models import Registration
from events.registration.services import renew_link
from events.registration.uploads import keep_upload
from tests.factories import make_event, make_question, make_registration, make_set
from tests.site_cms.files import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload() -> Upload:
    event = make_event()
    made = keep_upload(
        question=make_question(make_set(event), "letter", Kind.FILE),
        file=SimpleUploadedFile("Lettre – été.pdf", PDF),
    )
    made.registration = make_registration(event)
    made.save()
    return made


def address(registration: Registration, upload: Upload) -> str:
    token = link.REGISTRATION.token_for(registration.public_id, registration.link_version)
    return reverse("my_file", kwargs={"token": token, "public_id": upload.public_id})


def test_a_person_gets_their_file_back_as_a_download(client, upload):
    own = address(upload.registration, upload)
    page = client.get(own.partition("files/")[0]).content.decode()
    assert f'<a href="{own}"><bdi>Lettre – été.pdf</bdi></a>' in page
    answer = client.get(own)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Lettre%20%E2%80%93")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_foreign_lost_and_revoked_are_as_unknown(client, upload):
    own = address(upload.registration, upload)
    foreign = address(make_registration(upload.registration.event), upload)
    unknown = client.get(own.replace(str(upload.public_id), "00000000-0000-4000-8000-000000000000"))
    answers = [unknown, client.get(foreign)]
    upload.file.storage.delete(upload.file.name)
    answers.append(client.get(own))
    renew_link(registration=upload.registration)
    answers.append(client.get(own))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
