"""Staff screens of registrations: find, look, correct, decide."""
