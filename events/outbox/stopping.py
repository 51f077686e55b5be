"""How the long-running commands stop: finish what is under way, then end."""

import signal
import sys
from threading import Event
from types import FrameType


def stop_on_signal() -> Event:
    """An event that SIGTERM or SIGINT sets; a second signal ends the process at once."""
    stop = Event()

    def handle(signum: int, frame: FrameType | None) -> None:
        if stop.is_set():
            sys.exit(128 + signum)
        stop.set()

    signal.signal(signal.SIGTERM, handle)
    signal.signal(signal.SIGINT, handle)
    return stop
