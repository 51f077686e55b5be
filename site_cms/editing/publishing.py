"""Who brings a page to readers: whoever approves it. Alone, only an administrator does."""

from wagtail.models import PagePermissionTester


class ReviewedPage(PagePermissionTester):
    """Rights on one page: the right to publish, which a group may give, does not let one skip the review.

    It still lets one take a page away, move it, restrict who sees it and call a date of publication off.
    """

    def can_publish(self) -> bool:
        """Only for administrators: for the first day of a site, and when no colleague can be reached."""
        return self.user.is_superuser and bool(super().can_publish())

    def can_publish_subpage(self) -> bool:
        """The same for a page that is added, copied or made to mirror another."""
        return self.user.is_superuser and bool(super().can_publish_subpage())

    def can_set_view_restrictions(self) -> bool:
        """As Wagtail has it, where it asks `can_publish`."""
        return bool(super().can_publish())

    def can_unschedule(self) -> bool:
        """As Wagtail has it, where it asks `can_publish`."""
        return bool(super().can_publish())
