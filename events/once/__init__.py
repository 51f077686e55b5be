"""The same request done once: idempotency keys."""
