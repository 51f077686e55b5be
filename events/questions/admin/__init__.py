"""Staff screens of the questions: set up, look at as a delegate, take over from another event."""
