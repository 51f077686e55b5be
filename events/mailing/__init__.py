"""What the Secretariat writes to many: mailings to a filter, and reminders."""
