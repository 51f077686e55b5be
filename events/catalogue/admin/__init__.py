"""Staff screens of the catalogue."""
