"""Settings: base for all, then development, test and production."""
