"""Events that anyone may propose for a family's calendar, shown after moderation."""
