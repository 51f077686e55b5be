"""The opaque code and its QR symbol."""
