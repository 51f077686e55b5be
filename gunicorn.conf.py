"""Gunicorn's settings, in production and under `make run`."""

import os
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from site_cms.logs import masked_path


class DiscreetLog(Logger):
    """An access log without personal links; its format leaves out addresses and query strings as well."""

    def atoms(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> dict[str, Any]:
        """Gunicorn's parts of a log line, with a masked path."""
        parts = super().atoms(resp, req, environ, request_time)
        return parts | {"U": masked_path(environ["PATH_INFO"])}


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
