"""Addresses of the neighbours (database, cache, mail server) turned into Django's settings."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from pydantic import SecretStr


def database_from(url: str, default_sqlite: Path, pool_size: int) -> dict[str, Any]:
    """The DATABASES entry for `url`; SQLite at `default_sqlite` when it is empty."""
    config: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{default_sqlite}"))
    if config["ENGINE"].endswith("sqlite3"):
        # A new connection reads the whole schema, which costs a fifth of an event's page.
        config["CONN_MAX_AGE"] = 60
        # Without IMMEDIATE, read-then-write transactions fail under concurrency (SQLITE_BUSY).
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        }
        return config
    config["CONN_HEALTH_CHECKS"] = True
    config["OPTIONS"] = {
        **config.get("OPTIONS", {}),
        "pool": {"min_size": 0, "max_size": pool_size, "timeout": 10},
    }
    return config


def cache_from(url: str) -> dict[str, Any]:
    """The CACHES entry for `url`: Redis, or a table of the database shared by every worker."""
    if url:
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }


def front_cache_from(url: SecretStr | None) -> dict[str, Any]:
    """The WAGTAILFRONTENDCACHE for `url` (see `site_cms.env.Env.frontend_cache_url`); empty without one.

    Raises ValueError for an address that is none; it may hold a token, so the error does not show it.
    """
    if url is None or not url.get_secret_value():
        return {}
    address = url.get_secret_value()
    parts = urlsplit(address)
    if parts.scheme in {"http", "https"} and parts.hostname:
        return {"default": {"BACKEND": "site_cms.front_cache.HttpCache", "LOCATION": address}}
    if parts.scheme == "cloudflare" and parts.username and parts.hostname:
        return {
            "default": {
                "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
                "BEARER_TOKEN": unquote(parts.username),
                "ZONEID": parts.hostname,
            }
        }
    message = "FRONTEND_CACHE_URL: neither http(s)://host:port nor cloudflare://token@zone"
    raise ValueError(message)


def email_from(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for `url` (see `site_cms.env.Env.email_url`).

    Raises ValueError for a scheme that is not known.
    """
    parts = urlsplit(url)
    backends = "django.core.mail.backends."
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": backends + "console.EmailBackend"}
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": backends + "filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    if parts.scheme not in {"smtp", "smtp+tls", "smtp+ssl"}:
        message = (
            f"EMAIL_URL: the scheme {parts.scheme!r} is not one of smtp, smtp+tls, smtp+ssl, file, console"
        )
        raise ValueError(message)
    return {
        "EMAIL_BACKEND": backends + "smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 20,
    }
