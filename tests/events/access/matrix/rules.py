"""Who may use which address: every address of the site has its line here, and a new one needs its own.

A line names addresses (those of one namespace behind its colon), then who may GET and who may POST. The
letters are the roles in the event's team: Editor, Registrar, Finance, Door, Viewer; superusers may where any
of them may.

    root     superusers alone       user       whoever is signed in      link    whoever holds the row's link
    staff    enters /admin/         anonymous  who is not signed in      anyone, nobody

A GET that answers and a POST that acts or shows its form are “may”. Whoever may not gets 403, 404, or is led
to sign in or to the home of the staff screens.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache

ROLES = {"E": "editor", "R": "registrar", "F": "finance", "D": "door", "V": "viewer"}
_OTHERS = frozenset({"anonymous", "guest", "staff", "stranger", "superuser"})
_WORDS = {
    "nobody": frozenset(),
    "root": frozenset({"superuser"}),
    "anonymous": frozenset({"anonymous"}),
    "staff": frozenset({*ROLES.values(), *_OTHERS} - {"anonymous", "guest"}),
    "user": frozenset({*ROLES.values(), *_OTHERS} - {"anonymous"}),
    "link": frozenset({*ROLES.values(), *_OTHERS}),
    "anyone": frozenset({*ROLES.values(), *_OTHERS}),
}

RULES = r"""
# For everybody
/healthz                                                         anyone    anyone
/readyz                                                          anyone    anyone
/metrics                                                         anyone    anyone
/sitemap.xml                                                     anyone    nobody
/robots.txt                                                      anyone    nobody
/admin/password_reset/                                           anyone    anyone
/media/images/<str:name>                                         nobody    nobody
share_picture                                                    anyone    nobody
badge                                                            anyone    nobody
/b/<str:code>                                                    anyone    nobody
calendar_all calendar_family calendar_event                      anyone    nobody
event                                                            anyone    nobody
search                                                           anyone    nobody
news_feed                                                        anyone    anyone
register register_check register_done register_save              anyone    anyone
register_lost                                                    anyone    anyone
programme                                                        anyone    nobody
proposals propose_done                                           anyone    nobody
propose                                                          anyone    anyone
wagtaildocs_serve                                                anyone    nobody
wagtail_serve                                                    anyone    anyone

# Behind a link that is a key
staff_invitation                                                 link      link
calendar_personal                                                link      nobody
my_document my_registration my_ticket my_calendar_entry          link      nobody
my_file my_data                                                  link      nobody
register_saved register_invited                                  link      nobody
my_offer my_change my_completion my_substitute                   link      link
my_reconfirmation my_withdrawal                                  link      link
delegation delegation_template                                   link      nobody
delegation_nominate delegation_list delegation_list_check        link      link
delegation_letter delegation_funding delegation_hand_over        link      link
delegation_replace delegation_withdraw                           link      link
/^delegations/(?P<token>[^/]+)/(?P<rest>[\s\S]+)\Z               nobody    nobody
/^r/(?P<token>[^/]+)/[\s\S]+\Z                                   nobody    nobody
my_questions                                                     link      link

# Accounts
account_login account_signup                                     anonymous anonymous
account_logout account_reset_password                            anyone    anyone
account_reset_password_from_key                                  anyone    anyone
account_inactive account_reset_password_done                     anyone    nobody
account_reset_password_from_key_done                             anyone    nobody
account_reauthenticate account_change_password                   user      user

# At the door
door                                                             user      nobody
desk                                                             -R-D-     -R-D-
door_gate                                                        -R-D-     -R-D-
door_api: openapi-json                                           anyone    anyone
door_api: gates                                                  user      nobody
door_api: scan_badge                                             nobody    user
door_api: api-root                                               nobody    nobody

# Staff screens beside those of rows
/admin/login/                                                    nobody    nobody
/^admin/password_reset/.                                         nobody    nobody
/admin/test404/                                                  staff     nobody
make_event_page                                                  nobody    E----
languages_report                                                 E----     nobody
staff_leave                                                      root      root
monitoring_figures                                               staff     staff
styleguide styleguide_tokens                                     staff     nobody
submit_translation                                               nobody    E----

# Staff screens of rows
event: index index_results inspect                               ERFDV     nobody
event: add                                                       root      root
event: edit postpone move rename duplicate cancel                E----     E----
event: history history_results usage                             E----     nobody
registration: index index_results inspect                        -RF-V     nobody
registration: edit approve refuse offer advance cancel note      -R---     -R---
registration: fund export junk import                            -R---     -R---
registration: export_state export_file import_template           -R---     nobody
registration: history history_results usage file                 -R---     nobody
delegation: index index_results inspect                          -RF-V     nobody
delegation: add edit invite original_seen credentials_received   -R---     -R---
delegation: credentials_missing revoke many places               -R---     -R---
delegation: history history_results usage letter                 -R---     nobody
mailing: index index_results inspect history history_results     -R---     nobody
mailing: usage letter preview                                    -R---     nobody
mailing: add edit delete recipients send stop go_on              -R---     -R---
reminder: index index_results inspect history history_results    -R---     nobody
reminder: usage letter preview                                   -R---     nobody
reminder: edit                                                   -R---     -R---
personalinvitation: index index_results inspect                  -R---     nobody
personalinvitation: add revoke send_again                        -R---     -R---
contactpoint: index index_results history history_results        -R---     nobody
contactpoint: usage                                              -R---     nobody
contactpoint: add edit                                           -R---     -R---
category: index index_results                                    ERFDV     nobody
category: add edit delete                                        E----     E----
category: history history_results usage                          E----     nobody
questionset: index index_results inspect                         ERFDV     nobody
questionset: add edit delete copy_to                             ER---     ER---
questionset: history history_results usage                       ER---     nobody
questionset: preview                                             ERFDV     ERFDV
question: index index_results                                    ERFDV     nobody
question: add edit delete                                        ER---     ER---
question: history history_results usage                          ER---     nobody
choice: index index_results                                      ERFDV     nobody
choice: add edit delete                                          ER---     ER---
choice: history history_results usage                            ER---     nobody
ticket: index index_results inspect                              -RF-V     nobody
message: index index_results inspect                             -RF--     nobody
message: requeue                                                 -R---     -R---
proposal: index index_results history history_results usage      E----     nobody
proposal: inspect                                                E----     nobody
proposal: edit accept refuse discard take_out                    E----     E----
session: index index_results                                     ERFDV     nobody
session: add edit                                                E----     E----
session: history history_results usage                           E----     nobody
room: index index_results                                        ERFDV     nobody
room: add edit delete                                            E----     E----
room: history history_results usage                              E----     nobody
speaker: index index_results                                     ERFDV     nobody
speaker: add edit delete                                         E----     E----
speaker: history history_results usage                           E----     nobody
checkpoint: index index_results                                  -R-D-     nobody
checkpoint: add edit delete                                      -R---     -R---
checkpoint: history history_results usage                        -R---     nobody
gate: index index_results                                        -R-D-     nobody
gate: add edit delete                                            -R---     -R---
gate: history history_results usage                              -R---     nobody
device: index index_results inspect                              -R-D-     nobody
device: end                                                      -R---     -R---
scan: index index_results                                        -R-D-     nobody
admission: index index_results                                   -R-D-     nobody
recordedfigure: index index_results                              ERFDV     nobody
recordedfigure: add edit delete                                  E----     E----
recordedfigure: history history_results usage                    E----     nobody
publishedfigure: index index_results history history_results     root      nobody
publishedfigure: usage                                           root      nobody
publishedfigure: add edit delete                                 root      root
family: index index_results history history_results usage        root      nobody
family: add edit delete                                          root      root
country: index index_results history history_results usage       root      nobody
country: add edit delete                                         root      root
partystatus: index index_results history history_results usage   root      nobody
partystatus: add edit delete                                     root      root
rppo: index index_results history history_results usage          root      nobody
rppo: add edit delete                                            root      root
membership: index index_results history history_results usage    root      nobody
membership: add edit delete                                      root      root
invitation: index index_results inspect                          root      nobody
invitation: add withdraw                                         root      root
accessrecord: index index_results                                root      nobody
job: index index_results inspect                                 root      nobody
"""

OF_OTHERS = """
# Wagtail's and allauth's own: who gets any answer to a GET. What lies outside one's reach is in none.
mfa_*                                       user
wagtail_bulk_action                         nobody
wagtail_localize:javascript_catalog         staff
wagtail_localize:translations_report*       root
wagtail_localize:*                          E----
wagtailadmin_account                        staff
wagtailadmin_api:*                          staff
wagtailadmin_block_preview                  nobody
wagtailadmin_choose_page*                   staff
wagtailadmin_collections:*                  root
wagtailadmin_dismissibles                   staff
wagtailadmin_editing_sessions:*             nobody
wagtailadmin_error_test                     nobody
wagtailadmin_explore*                       E----
wagtailadmin_home                           staff
wagtailadmin_javascript_catalog             anyone
wagtailadmin_log*                           nobody
wagtailadmin_pages:*                        E----
wagtailadmin_password_reset                 anyone
wagtailadmin_password_reset_*               nobody
wagtailadmin_reports:page_types_usage*      root
wagtailadmin_reports:site_history*          staff
wagtailadmin_reports:*                      E----
wagtailadmin_sprite                         anyone
wagtailadmin_tag_*                          staff
wagtailadmin_workflows:task_cho*            staff
wagtailadmin_workflows:*                    root
wagtailcore_*                               nobody
wagtaildocs:*                               E----
wagtaildocs_chooser:*                       staff
wagtailembeds:*                             staff
wagtailforms:*                              E----
wagtailimages:*                             E----
wagtailimages_chooser:*                     staff
wagtaillocales:*                            root
wagtailredirects:*                          root
wagtailsettings:*                           root
wagtailsites:*                              root
wagtailsnippets:*                           nobody
wagtailusers_*                              root
/admin/^.*/$                                nobody
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who of `world.PEOPLE` may with a row of their event; whether by their role or by a link alone."""

    gets: frozenset[str]
    posts: frozenset[str]
    by_role: bool = False
    by_link: bool = False


@cache
def rules() -> dict[str, Rule]:
    """The rule of each address of our own, by its name."""
    found: dict[str, Rule] = {}
    for *names, gets, posts in _lines(RULES):
        namespace = names.pop(0) if len(names) > 1 and names[0].endswith(":") else ""
        for name in names:
            assert namespace + name not in found, f"two rules for {namespace + name}"
            found[namespace + name] = Rule(
                people(gets), people(posts), by_role=_is_by_role(gets, posts), by_link="link" in (gets, posts)
            )
    return found


@cache
def rules_of_others() -> dict[str, frozenset[str]]:
    """Who gets an answer from Wagtail and allauth, by a pattern of names; the first one counts."""
    return {pattern: people(gets) for pattern, gets in _lines(OF_OTHERS)}


def rule_of_others(name: str) -> str | None:
    """The pattern that the name falls under."""
    return next((pattern for pattern in rules_of_others() if pattern == name or fnmatch(name, pattern)), None)


def people(word: str) -> frozenset[str]:
    """Those whom the word or the letters allow; the stranger is let in by none of the letters."""
    if word in _WORDS:
        return _WORDS[word]
    allowed = {ROLES[letter] for letter in word if letter != "-"}
    assert len(word) == len(ROLES), word
    return frozenset({*allowed, "superuser"})


def _is_by_role(*words: str) -> bool:
    return any(word not in _WORDS or word == "root" for word in words)


def _lines(table: str) -> Iterator[list[str]]:
    return (line.split() for line in table.splitlines() if line and not line.startswith("#"))
