"""Registering somebody who stands at the desk."""
