"""The domain's addresses that do not depend on a language."""

from django.urls import URLPattern, URLResolver, path

from .access import views as access
from .calendar import views as calendar
from .checkin import views as door
from .checkin.api import api as door_api
from .journeys.desk import views as desk
from .tickets import views as tickets

urlpatterns: list[URLPattern | URLResolver] = [
    path("B/<str:code>", tickets.badge, name="badge"),
    path("b/<str:code>", tickets.badge),
    path("accounts/invitation/<str:token>/", access.invitation, name="staff_invitation"),
    path("calendar/all.ics", calendar.all_events, name="calendar_all"),
    path("calendar/family/<slug:slug>.ics", calendar.family, name="calendar_family"),
    path("calendar/my/<slug:token>.ics", calendar.personal, name="calendar_personal"),
    path("calendar/<slug:code>.ics", calendar.event, name="calendar_event"),
    path("door/", door.gates, name="door"),
    path("door/desk/<slug:code>/", desk.desk, name="desk"),
    path("door/<int:gate_id>/", door.gate, name="door_gate"),
    path("api/door/", door_api.urls),
]
