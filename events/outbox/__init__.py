"""Mail that must not be lost, and the clock that keeps periodic jobs going."""
