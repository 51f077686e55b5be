import pytest
from django.utils.translation import override

from events.registration.reasons import RefusalReason, as_kept, for_staff, told


@pytest.mark.parametrize(
    "kept,paragraphs,shown",
    [
        ("full", ["All places in your category are taken."], "All places are taken"),
        ("full We are sorry.", ["All places in your category are taken.", "We are sorry."], None),
        ("other Full house", ["Full house"], "Another reason, in your own words: Full house"),
        ("A reason of former times", ["A reason of former times"], "A reason of former times"),
        ("", [], ""),
    ],
)
def test_a_kept_reason_is_read_by_the_person_and_by_staff(kept, paragraphs, shown):
    with override("en"):
        assert told(kept) == paragraphs
        assert for_staff(kept) == (shown if shown is not None else "All places are taken: We are sorry.")


@pytest.mark.parametrize("reason", RefusalReason)
def test_what_is_kept_is_read_again(reason):
    assert for_staff(as_kept(reason, "because")) == f"{reason.label}: because"
    assert told(as_kept(reason, "because"))[-1] == "because"
