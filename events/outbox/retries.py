"""When a mail that failed is tried again, and when it is given up."""

import datetime as dt

MAX_ATTEMPTS = 24
FIRST_DELAY = dt.timedelta(minutes=1)
LONGEST_DELAY = dt.timedelta(hours=4)
SPREAD = 0.2


def delay(attempts: int, chance: float) -> dt.timedelta:
    """The time to wait after the attempt of this number (from 1): 1, 2, 4, ... minutes, at most 4 hours.

    `chance` in [0, 1) moves it by up to a fifth either way, so that mails that failed together do not
    come back together. All attempts together last about two and a half days.
    """
    doubled = FIRST_DELAY * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_DELAY) * (1 - SPREAD + 2 * SPREAD * chance)
