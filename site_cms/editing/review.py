"""The one step between a draft and the public: somebody else reads it."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState, get_default_page_content_type
from wagtail.permissions import policy_registry

from . import telling


class ColleagueReview(Task):
    """Approval by anybody who may edit the page, except by who submitted it."""

    class Meta:
        verbose_name = _("review by a colleague")
        verbose_name_plural = _("reviews by a colleague")

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user: AbstractBaseUser | None = None) -> TaskState:
        """Begin, with whoever submits now as the submitter: also when a page returns after changes.

        Writes to the colleagues who may decide.
        """
        if user is not None and workflow_state.requested_by_id != user.pk:
            workflow_state.requested_by = user
            workflow_state.save(update_fields=["requested_by"])
        state = super().start(workflow_state, user=user)
        telling.ask_colleagues(state)
        return state

    @transaction.atomic
    def on_action(
        self, task_state: TaskState, user: AbstractBaseUser, action_name: str, **kwargs: Any
    ) -> None:
        """Do it and tell the author; raises PermissionDenied for who is no colleague, by whatever address."""
        offered = {name for name, _label, _asks in self.get_actions(task_state.revision.content_object, user)}
        if action_name not in offered:
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)
        telling.tell_author(task_state, user)

    def locked_for_user(self, obj: Page, user: AbstractBaseUser) -> bool:
        """Closed to who submitted it: what is approved is what was read."""
        return not self._is_colleague(obj, user)

    def get_actions(self, obj: Page, user: AbstractBaseUser) -> list[tuple[str, Any, bool]]:
        """What a colleague can decide; nothing for the submitter."""
        if not self._is_colleague(obj, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: AbstractBaseUser, **kwargs: Any) -> QuerySet[TaskState]:
        """The pages that wait for this user; two queries at most."""
        editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
        return self.task_states.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=get_default_page_content_type(),
            # PostgreSQL does not compare a generic key with a number.
            workflow_state__object_id__in=editable.order_by().values_list(Cast("pk", CharField())),
        ).exclude(workflow_state__requested_by=user)

    @classmethod
    def get_description(cls) -> Any:
        """What a reader of the workflow's settings is told."""
        return _("Whoever may edit the page can approve it, except the person who submitted it")

    @staticmethod
    def _is_colleague(obj: Page, user: AbstractBaseUser) -> bool:
        state = obj.current_workflow_state
        if state is None or state.requested_by_id == user.pk:
            return False
        return policy_registry.get(obj).user_has_permission_for_instance(user, "change", obj)
