"""The table of periodic jobs: what the clock does, and how often. Nothing else is done by time."""

import datetime as dt
from functools import partial

from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from .access.limits import forget_old_limits
from .catalogue.watching import tell_of_turns
from .mailing.reminders import remind_all
from .mailing.services import hand_over_all
from .once.services import forget_old_keys
from .outbox.clock import PeriodicJob
from .registration.drafts import forget_old_drafts
from .registration.retention import forget_old_answers
from .registration.uploads import forget_unattached
from .registration.waiting import go_on_with_waiting_lists
from .reports.exporting import forget_exports

SOON = dt.timedelta(seconds=10)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def revive_lost_tasks() -> int:
    """Queue again the libraries' tasks that a killed worker left running an hour ago; how many.

    They only refresh Wagtail's search and reference index, so running one twice does no harm.
    """
    lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - HOUR)
    return lost.update(status=TaskResultStatus.READY, started_at=None)


JOBS: tuple[PeriodicJob, ...] = (
    PeriodicJob("hand-over-mailings", SOON, hand_over_all),
    PeriodicJob("reminders", HOUR, remind_all),
    PeriodicJob("publish-scheduled-pages", MINUTE, partial(call_command, "publish_scheduled")),
    PeriodicJob("tell-of-turns", MINUTE, tell_of_turns),
    PeriodicJob("waiting-lists", MINUTE, go_on_with_waiting_lists),
    PeriodicJob("revive-lost-tasks", HOUR, revive_lost_tasks),
    PeriodicJob("forget-exports", HOUR, forget_exports),
    PeriodicJob("forget-limits", HOUR, forget_old_limits),
    PeriodicJob("forget-drafts", HOUR, forget_old_drafts),
    PeriodicJob("forget-idempotency-keys", HOUR, forget_old_keys),
    PeriodicJob(
        "forget-finished-tasks",
        HOUR,
        partial(call_command, "prune_db_task_results", queue_name="*", min_age_days=7, verbosity=0),
    ),
    PeriodicJob("forget-unattached-files", HOUR, forget_unattached),
    PeriodicJob("forget-old-answers", DAY, forget_old_answers),
    PeriodicJob("forget-sessions", DAY, partial(call_command, "clearsessions")),
    PeriodicJob(
        "forget-sign-in-attempts", DAY, partial(call_command, "axes_reset_logs", age=30, verbosity=0)
    ),
)
