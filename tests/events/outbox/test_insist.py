import pytest
from django.db import InterfaceError, OperationalError

from events.outbox import insist as module
from events.outbox.insist import PAUSES, insist


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(module.time, "sleep", waited.append)
    monkeypatch.setattr(module, "close_old_connections", lambda: None)
    return waited


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_write_is_done_when_the_database_is_back(error: type[Exception], pauses: list[float]) -> None:
    answers = [error(), error(), None]

    def write() -> None:
        if answer := answers.pop(0):
            raise answer

    insist(write)
    assert answers == []
    assert pauses == list(PAUSES[:2])


def test_after_a_minute_the_error_is_raised(pauses: list[float]) -> None:
    def write() -> None:
        raise OperationalError

    with pytest.raises(OperationalError):
        insist(write)
    assert sum(pauses) == 61.5


def test_another_error_is_raised_at_once(pauses: list[float]) -> None:
    with pytest.raises(ZeroDivisionError):
        insist(lambda: 1 / 0)
    assert pauses == []
