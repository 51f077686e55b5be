from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from events.proposals.web_address import clean_address, host_of


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("", ""),
        ("  ", ""),
        ("www.example.org", "https://www.example.org"),
        ("example.org/day?x=1#top", "https://example.org/day?x=1#top"),
        (" HTTP://Example.ORG/Day ", "http://example.org/Day"),
        ("https://example.org:8443/a b".replace(" ", "%20"), "https://example.org:8443/a%20b"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        # Cyrillic letters that imitate a known name
        ("https://раураl.com", "https://xn--l-7sba6dbr.com"),
        ("https://example.org/%22onmouseover", "https://example.org/%22onmouseover"),
    ],
)
def test_what_is_kept(typed, kept):
    assert clean_address(typed) == kept


@pytest.mark.parametrize(
    "typed, code",
    [
        ("javascript:alert(1)", "scheme"),
        ("JaVaScRiPt://example.org/%0aalert(1)", "scheme"),
        ("data:text/html,<script>alert(1)</script>", "scheme"),
        ("vbscript:x", "scheme"),
        ("ftp://example.org", "scheme"),
        ("mailto:a@example.org", "scheme"),
        ("https://user:pass@example.org", "credentials"),
        ("https://www.who.int@evil.example", "credentials"),
        ("https://", "not-a-page"),
        ("https://exa mple.org", "not-a-page"),
        ("https://example.org\\@evil.example", "credentials"),
        ("https://example.org\\.evil.example", "not-a-page"),
        ("https://example.org/<script>", "not-a-page"),
        ("https://example.org:99999", "not-a-page"),
        ("https://[::1", "not-a-page"),
        ("https://exa\u202emple.org", "not-a-page"),
        ("https://-.org", "not-a-page"),
        ("day", "not-a-page"),
        ("https://example.org/" + "a" * 300, "too-long"),
        ("https://example.org/" + "a" * 5000, "not-a-page"),
    ],
)
def test_what_is_refused(typed, code):
    with pytest.raises(ValidationError) as refused:
        clean_address(typed)
    assert refused.value.code == code


@given(st.text(max_size=60) | st.from_regex(r"https?://[^/]{1,20}/.{0,20}"))
def test_whatever_is_typed_a_kept_address_is_a_plain_page(typed):
    try:
        kept = clean_address(typed)
    except ValidationError:
        return
    if kept:
        assert urlsplit(kept).scheme in {"http", "https"}
        assert kept.isascii()
        assert not set(kept) & set(' "<>\\\r\n\t')
        assert "@" not in urlsplit(kept).netloc
        assert host_of(kept)
        assert clean_address(kept) == kept
