"""Forms, states and places of a registration."""
