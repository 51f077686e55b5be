"""Wagtail's staff screens without the mails that Wagtail would send while a request waits."""

from wagtail.admin.apps import WagtailAdminAppConfig


class QuietAdmin(WagtailAdminAppConfig):
    """Reviews are told through the outbox (see `telling`), so that none is lost and nobody waits for it."""

    def ready(self) -> None:
        """Start as Wagtail does, then stop listening to what happens in reviews."""
        super().ready()
        from wagtail import signals
        from wagtail.models import TaskState, WorkflowState

        signals.task_submitted.disconnect(
            sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
        )
        for act in ("submitted", "approved", "rejected"):
            signal = getattr(signals, f"workflow_{act}")
            signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{act}_email_notification")
