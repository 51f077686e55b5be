"""Writes that must reach the database although it restarts meanwhile."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, close_old_connections

logger = logging.getLogger(__name__)

DATABASE_AWAY = (OperationalError, InterfaceError)
PAUSES = (0.5, 1, 2, 4, 8, 16, 30)


def insist(write: Callable[[], object]) -> None:
    """Do `write`, again after a pause as long as the database is away, for about a minute in all.

    Only for writes that may be done twice. Raises the last error in the end.
    """
    for pause in PAUSES:
        try:
            write()
        except DATABASE_AWAY as error:
            logger.warning("database away (%s), trying again in %s s", type(error).__name__, pause)
        else:
            return
        close_old_connections()
        time.sleep(pause)
    write()
