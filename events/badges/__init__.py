"""Badge designs and their PDF."""
