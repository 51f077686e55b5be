"""Every address has its rule, and every rule its address."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from site_cms import urls

from .addresses import addresses
from .rules import OF_OTHERS, RULES, rule_of_others, rules, rules_of_others


def without_rule(names: Iterable[str]) -> list[str]:
    """The addresses that nobody wrote a rule for."""
    return sorted({name for name in names if name not in rules() and not rule_of_others(name)})


def test_every_address_has_a_rule() -> None:
    missing = without_rule(address.name for address in addresses())
    assert not missing, f"write who may use them into tests/events/access/matrix/rules.py: {missing}"


def test_every_rule_has_an_address() -> None:
    names = {address.name for address in addresses()}
    of_others = {rule_of_others(name) for name in names - set(rules())}
    left = sorted((set(rules()) - names) | (set(rules_of_others()) - of_others))
    assert not left, f"take them out of tests/events/access/matrix/rules.py: {left}"


def test_a_new_address_is_named() -> None:
    assert without_rule(["registration:index", "registration:forget"]) == ["registration:forget"]
    assert without_rule(["wagtailusers_users:index", "wagtailnew:index"]) == ["wagtailnew:index"]


def nothing(request: object) -> HttpResponse:
    return HttpResponse()


class WithOneMore:
    """The site's addresses and a new one."""

    urlpatterns = [*urls.urlpatterns, path("registrations/all/", nothing, name="all_registrations")]
    handler400, handler500 = urls.handler400, urls.handler500


def test_a_new_address_is_found_in_the_configuration() -> None:
    before = set(addresses())
    addresses.cache_clear()
    with override_settings(ROOT_URLCONF=WithOneMore):
        new = set(addresses()) - before
    addresses.cache_clear()
    assert without_rule(address.name for address in new) == ["all_registrations"]


def test_no_line_is_left_out() -> None:
    lines = [line for line in (RULES + OF_OTHERS).splitlines() if line and not line.startswith("#")]
    assert all(len(line.split()) >= 2 for line in lines)
    assert len(rules()) > 200
