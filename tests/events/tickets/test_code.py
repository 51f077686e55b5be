import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.tickets.code import ALPHABET, badge_address, new_code, read_code

CODES = st.text(ALPHABET, min_size=20, max_size=20)


def test_codes_are_of_the_alphabet_and_never_the_same() -> None:
    codes = {new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert all(len(code) == 20 and set(code) <= set(ALPHABET) for code in codes)


@given(CODES, st.sampled_from(["https://events.ippc.int", "http://127.0.0.1:8000"]))
def test_an_address_is_read_back(code: str, base: str) -> None:
    address = badge_address(base, code)

    assert read_code(address) == read_code(f"  {address.lower()}/ ") == code
    assert address == f"{base.upper()}/B/{code}"


@given(CODES)
def test_a_typed_code_may_be_grouped(code: str) -> None:
    grouped = "-".join(code[at : at + 4] for at in range(0, 20, 4)).lower()

    assert read_code(grouped) == read_code(grouped.replace("-", " ")) == code


@pytest.mark.parametrize("text", ["", "/", "A" * 19, "A" * 21, "A" * 19 + "1", "é" * 20, "\x00" * 20])
def test_anything_else_is_no_code(text: str) -> None:
    assert read_code(text) is None


@given(st.text())
def test_whatever_is_typed_gives_a_code_or_nothing(text: str) -> None:
    code = read_code(text)

    assert code is None or (len(code) == 20 and set(code) <= set(ALPHABET))
