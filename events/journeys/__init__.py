"""Acts that cross the rooms: confirm, my registration, the demonstration."""
