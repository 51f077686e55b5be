"""The keys of requests that succeeded."""

from django.db import models


class IdempotencyKey(models.Model):
    """A request that succeeded, so that the same request again gives the first result."""

    key = models.CharField(max_length=64)
    actor = models.CharField(
        max_length=64, help_text="Who acted: a person, a device, or the form's own session."
    )
    address = models.CharField(max_length=200, help_text="The path that was posted to.")
    body_hash = models.CharField(max_length=64, help_text="SHA-256 of the meaning of the body.")
    result = models.CharField(max_length=200, help_text="What the caller needs to answer again.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "actor"), name="idempotency_key_once"),)

    def __str__(self) -> str:
        return self.key
