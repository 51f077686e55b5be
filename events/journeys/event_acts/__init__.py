"""One act each for the life of an event, shown first, then done once."""
