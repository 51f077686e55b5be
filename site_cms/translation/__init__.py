"""Six languages at work: what is missing or out of date, and how a translation goes to review."""
