import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.catalogue.models import Event
from events.questions.kinds import Kind
from events.registration.answering import keep_answers
from events.registration.dossier import Answer, Upload
from events.registration.models import Registration
from events.registration.retention import forget_old_answers
from events.registration.uploads import keep_upload
from tests.factories import make_event, make_question, make_registration, make_set
from tests.site_cms.files import PDF

pytestmark = pytest.mark.django_db


def days_after(event: Event, days: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(event.end_date, dt.time(12))) + dt.timedelta(days=days)


def test_each_answer_goes_with_its_file_when_its_time_is_over(django_capture_on_commit_callbacks):
    event = make_event()
    short = make_question(make_set(event), "visa", Kind.FILE, retention_days=30)
    long = make_question(make_set(event), "diet", retention_days=365)
    registration = make_registration(event)
    upload = keep_upload(question=short, file=SimpleUploadedFile("a.pdf", PDF))
    values = {short.pk: {"upload": str(upload.public_id), "name": "a.pdf"}, long.pk: "None"}
    keep_answers(registration=registration, questions=[short, long], values=values)
    assert forget_old_answers(days_after(event, 31)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_old_answers(days_after(event, 32)) == 2
    assert not Upload.objects.exists()
    assert not upload.file.storage.exists(upload.file.name)
    assert [answer.question for answer in Answer.objects.all()] == [long]
    assert forget_old_answers(days_after(event, 367)) == 1
    assert Registration.objects.filter(pk=registration.pk).exists()


def test_nothing_goes_while_new_dates_are_awaited():
    event = make_event(state=Event.State.POSTPONED)
    question = make_question(make_set(event), "diet", retention_days=1)
    keep_answers(registration=make_registration(event), questions=[question], values={question.pk: "None"})
    assert forget_old_answers(days_after(event, 400)) == 0
