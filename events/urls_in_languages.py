"""The domain's addresses below a language's prefix."""

from django.urls import URLPattern, URLResolver, path, re_path

from .journeys import my_answers as answers
from .journeys import my_data as data
from .journeys import my_files, offer_page
from .journeys import my_place as place
from .journeys import my_registration as mine
from .journeys.delegation import list_views as lists
from .journeys.delegation import paper_views as papers
from .journeys.delegation import views as delegation
from .programme import views as programme
from .registration import views as registration

urlpatterns: list[URLPattern | URLResolver] = [
    path("events/<slug:code>/register/", registration.register, name="register"),
    path("events/<slug:code>/register/check/", registration.check, name="register_check"),
    path("events/<slug:code>/register/done/", registration.done, name="register_done"),
    path("events/<slug:code>/register/save/", registration.save, name="register_save"),
    path("events/<slug:code>/register/saved/<str:token>/", registration.saved, name="register_saved"),
    path("events/<slug:code>/register/invited/<str:token>/", registration.invited, name="register_invited"),
    path("events/<slug:code>/register/lost/", registration.lost, name="register_lost"),
    path("r/<str:token>/", mine.overview, name="my_registration"),
    path("r/<str:token>/ticket.pdf", mine.ticket_pdf, name="my_ticket"),
    path("r/<str:token>/event.ics", mine.calendar_entry, name="my_calendar_entry"),
    path("r/<str:token>/files/<uuid:public_id>/", my_files.my_file, name="my_file"),
    path("r/<str:token>/offer/", offer_page.offer_page, name="my_offer"),
    path("r/<str:token>/change/", answers.change_page, name="my_change"),
    path("r/<str:token>/complete/", answers.completion_page, name="my_completion"),
    path("r/<str:token>/questions/<int:question>/", answers.questions_page, name="my_questions"),
    path("r/<str:token>/substitute/", place.substitute_page, name="my_substitute"),
    path("r/<str:token>/my-data.json", data.my_data, name="my_data"),
    path("r/<str:token>/reconfirm/", mine.reconfirm_page, name="my_reconfirmation"),
    path("r/<str:token>/withdraw/", mine.withdraw_page, name="my_withdrawal"),
    path("delegations/<str:token>/", delegation.overview, name="delegation"),
    path("delegations/<str:token>/nominate/", delegation.nominate_page, name="delegation_nominate"),
    path("delegations/<str:token>/list/", lists.list_page, name="delegation_list"),
    path("delegations/<str:token>/list/check/", lists.check_page, name="delegation_list_check"),
    re_path(
        r"^delegations/(?P<token>[^/]+)/list/template\.(?P<kind>xlsx|csv)\Z",
        lists.template_file,
        name="delegation_template",
    ),
    path("delegations/<str:token>/letter/", papers.letter_page, name="delegation_letter"),
    path("delegations/<str:token>/funding/", papers.funding_page, name="delegation_funding"),
    path("delegations/<str:token>/hand-over/", papers.hand_over_page, name="delegation_hand_over"),
    path(
        "delegations/<str:token>/people/<str:reference>/replace/",
        delegation.replace_page,
        name="delegation_replace",
    ),
    path(
        "delegations/<str:token>/people/<str:reference>/withdraw/",
        delegation.withdraw_page,
        name="delegation_withdraw",
    ),
    path("events/<slug:code>/programme/", programme.programme, name="programme"),
    # Last of their kind: whatever else is asked for below a link that is a key.
    re_path(r"^delegations/(?P<token>[^/]+)/(?P<rest>[\s\S]+)\Z", delegation.nothing_here),
    re_path(r"^r/(?P<token>[^/]+)/[\s\S]+\Z", mine.nothing_here),
]
