"""The domain's addresses below a language's prefix."""

from django.urls import URLPattern, URLResolver, path, re_path

from .journeys import my_registration as mine
from .programme import views as programme
from .registration import views as registration

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/<slug:code>/register/", registration.register, name="register"),
    path("events/<slug:code>/register/check/", registration.check, name="register_check"),
    path("events/<slug:code>/register/done/", registration.done, name="register_done"),
    path("r/<str:token>/", mine.overview, name="my_registration"),
    path("r/<str:token>/ticket.pdf", mine.ticket_pdf, name="my_ticket"),
    path("r/<str:token>/event.ics", mine.calendar_entry, name="my_calendar_entry"),
    path("r/<str:token>/reconfirm/", mine.reconfirm_page, name="my_reconfirmation"),
    path("r/<str:token>/withdraw/", mine.withdraw_page, name="my_withdrawal"),
    path("events/<slug:code>/programme/", programme.programme, name="programme"),
    # Last of its kind: whatever else is asked for below a personal link.
    re_path(r"^r/(?P<token>[^/]+)/[\s\S]+\Z", mine.nothing_here),
]
