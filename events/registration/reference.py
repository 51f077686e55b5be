"""References that a person can read out: eight letters and digits without look-alikes."""

import secrets

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_reference() -> str:
    """A random reference such as `R7K2-M9QX`: about 8.5e11 possible, unique by the database."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
