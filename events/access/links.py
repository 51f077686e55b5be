"""The link in a staff invitation: the row's key, signed with the secret key. Nothing is stored."""

from django.core.signing import BadSignature, Signer

_SIGNER_SALT = "events.access.invitation"


def token_for(invitation_id: int) -> str:
    """The token of an invitation. It holds no personal data."""
    return _signer().sign(str(invitation_id))


def invitation_id_in(token: str) -> int | None:
    """The invitation that a token made with a current or former key names, else None."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(sep=".", salt=_SIGNER_SALT)
