import base64
import uuid

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from events.access.signed_link import public_id_in
from events.registration import link

OWN = uuid.UUID("7f1f9c35-14c1-4f0c-8a0d-3c6b0a7d9d11")
OTHERS = uuid.UUID("11111111-14c1-4f0c-8a0d-3c6b0a7d9d11")


def test_a_token_names_its_registration_and_proves_it():
    token = link.REGISTRATION.token_for(OWN, 0)
    assert len(token) == 42
    assert public_id_in(token) == OWN
    assert link.REGISTRATION.is_valid(token, OWN, 0)


def test_a_raised_version_ends_the_links_before():
    assert not link.REGISTRATION.is_valid(link.REGISTRATION.token_for(OWN, 0), OWN, 1)


def test_the_tag_of_another_person_proves_nothing():
    own, others = (
        base64.urlsafe_b64decode(link.REGISTRATION.token_for(who, 0) + "==") for who in (OWN, OTHERS)
    )
    forged = base64.urlsafe_b64encode(own[:16] + others[16:]).decode().rstrip("=")
    assert public_id_in(forged) == OWN
    assert not link.REGISTRATION.is_valid(forged, OWN, 0)


def test_every_changed_character_ends_the_link():
    token = link.REGISTRATION.token_for(OWN, 0)
    for place, char in enumerate(token):
        other = token[:place] + ("A" if char != "A" else "B") + token[place + 1 :]
        assert public_id_in(other) != OWN or not link.REGISTRATION.is_valid(other, OWN, 0), place


def test_a_former_key_still_opens_until_it_is_dropped(settings):
    settings.SECRET_KEY = "former"
    token = link.REGISTRATION.token_for(OWN, 0)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["older", "former"]
    assert link.REGISTRATION.is_valid(token, OWN, 0)
    settings.SECRET_KEY_FALLBACKS = []
    assert not link.REGISTRATION.is_valid(token, OWN, 0)


@pytest.mark.parametrize(
    "token", ["", "a", "A" * 41, "A" * 43, "ключ", "A" * 41 + "\x00", "A" * 41 + "=", "../" * 14]
)
def test_what_is_no_token_names_nobody(token):
    assert public_id_in(token) is None


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text):
    public_id_in(text)
    assert not link.REGISTRATION.is_valid(text, OWN, 0)


def test_the_address_is_in_the_active_language(settings):
    settings.SITE_URL = "https://events.example.org"
    with override("ar"):
        found = link.personal_address(OWN, 3)
    assert found == f"https://events.example.org/ar/r/{link.REGISTRATION.token_for(OWN, 3)}/"
