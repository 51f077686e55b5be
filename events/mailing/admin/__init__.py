"""Staff screens of mailings and reminders."""
