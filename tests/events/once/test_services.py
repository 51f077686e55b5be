import pytest

from events.once.models import IdempotencyKey
from events.once.services import KeyReusedError, Outcome, body_hash, run_once

pytestmark = pytest.mark.django_db


def run(act=lambda: "done", **changes):
    values = {"key": "k", "actor": "a", "address": "/x", "body": "b"} | changes
    return run_once(act=act, **values)


def test_the_same_request_gets_the_first_result_without_acting_again():
    assert run(lambda: "first") == Outcome("first", repeated=False)
    assert run(lambda: pytest.fail("acted twice")) == Outcome("first", repeated=True)


@pytest.mark.parametrize("change", [{"body": "other"}, {"address": "/y"}])
def test_a_key_stands_for_one_body_and_one_address(change):
    run()
    with pytest.raises(KeyReusedError):
        run(**change)


def test_the_key_of_somebody_else_is_another_key():
    run(lambda: "mine")
    assert run(lambda: "theirs", actor="b") == Outcome("theirs", repeated=False)


def test_an_act_that_fails_stores_nothing():
    with pytest.raises(ZeroDivisionError):
        run(lambda: 1 / 0)
    assert not IdempotencyKey.objects.exists()
    assert run(lambda: "later") == Outcome("later", repeated=False)


def test_a_result_known_beforehand_costs_no_second_write(django_assert_num_queries):
    run(lambda: "first")  # a connection that was kept may be asked first whether it still lives
    with django_assert_num_queries(3):  # savepoint, insert, release
        run(lambda: "known", expected="known", key="k1")
    with django_assert_num_queries(4):
        run(lambda: "found", expected="known", key="k2")
    results = IdempotencyKey.objects.order_by("pk").values_list("result", flat=True)
    assert list(results) == ["first", "known", "found"]


def test_the_order_of_a_body_does_not_matter():
    assert body_hash({"a": 1, "b": 2}) == body_hash({"b": 2, "a": 1})
    assert body_hash({"a": 1}) != body_hash({"a": 2})
