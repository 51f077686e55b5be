"""Addresses: fixed ones first, then the pages in each language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.defaults import page_not_found
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from . import health, styleguide
from .documents import serving as documents
from .pages import images, proposing, serving
from .pages import views as pages
from .search import views as search
from .sharing import views as sharing

handler400 = "site_cms.errors.bad_request"
handler500 = "site_cms.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("sitemap.xml", pages.sitemap),
    path("robots.txt", pages.robots),
    path("accounts/", include("site_cms.accounts_urls")),
    # Wagtail's own forms would let in by a password alone.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    re_path("^admin/password_reset/.", page_not_found, {"exception": None}),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/<int:pk>/<str:name>", documents.serve, name="wagtaildocs_serve"),
    path("media/images/<str:name>", images.image),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    re_path(r"^styleguide/(?P<scheme>light|dark)\.css\Z", styleguide.tokens, name="styleguide_tokens"),
    re_path(
        r"^share/(?P<code>[A-Za-z0-9-]{1,40})-(?P<language>en|fr|es|ar|zh-hans|ru)\.png\Z",
        sharing.picture,
        name="share_picture",
    ),
    path("", include("events.urls")),
    *i18n_patterns(
        path("events/<slug:code>/", pages.event, name="event"),
        path("search/", search.search, name="search"),
        path("feeds/news/", sharing.NewsFeed(), name="news_feed"),
        path("r/<str:token>/documents/<int:pk>/<str:name>", documents.for_participant, name="my_document"),
        path("", include("events.urls_in_languages")),
        path("proposals/<slug:slug>/", proposing.calendar, name="proposals"),
        path("proposals/<slug:slug>/propose/", proposing.propose, name="propose"),
        path("proposals/<slug:slug>/propose/done/", proposing.propose_done, name="propose_done"),
        re_path(wagtail_urls.serve_pattern, serving.serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
    ),
]
