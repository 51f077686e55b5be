"""Gunicorn's settings, in production and under `make run`."""

import gc
import os
from datetime import timedelta
from typing import Any

from django.urls import get_resolver
from gunicorn.glogging import Logger

from site_cms.logs import MaskSecrets, masked_path


class DiscreetLog(Logger):
    """Logs without personal links; the access log's format leaves out addresses and query strings as well."""

    def setup(self, cfg: Any) -> None:
        """Gunicorn's own handlers, with secrets masked in the error log, which names addresses in full."""
        super().setup(cfg)
        self.error_log.addFilter(MaskSecrets())

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> dict[str, Any]:
        """Gunicorn's parts of a log line, with a masked path."""
        parts = super().atoms(resp, req, environ, request_time)
        return parts | {"U": masked_path(environ["PATH_INFO"])}


def when_ready(server: Any) -> None:
    """Load the pages before the workers part: they share them and answer their first request at once."""
    # Django is ready only now.
    from events.calendar.feed import calendar_bytes

    get_resolver().url_patterns  # noqa: B018 - reading it imports every view
    calendar_bytes((), name="")  # loads its library, for which the first calendar would wait
    # What is collected or moved after the fork is no longer shared.
    gc.freeze()


workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# A delegate on a slow line must hold up a thread, not a process.
threads = 4
# The workers share the memory of what is loaded before they part.
preload_app = True
# Nobody steers the server but by signals.
control_socket_disable = True

logger_class = DiscreetLog
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(b)s bytes %(M)s ms"
