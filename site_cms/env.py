"""Every setting that comes from the environment, typed and documented in this one place.

A value that cannot be read stops the start with the name of the variable and the reason.
"""

from functools import cache

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

DEFAULT_SECRET_KEY = "development-only-secret-key-never-use-it-where-people-register"  # noqa: S105


class Env(BaseSettings):
    """The environment of one process. Names are upper-case in the environment."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    secret_key: SecretStr = Field(
        SecretStr(DEFAULT_SECRET_KEY),
        description="Signs sessions and personal links. At least 50 characters; required in production.",
    )
    secret_key_fallbacks: list[SecretStr] = Field(
        [], description="Former secret keys as a JSON list: links signed with them stay valid."
    )
    site_url: str = Field(
        "http://127.0.0.1:8000",
        description="The public address without a final slash; links in mails and feeds begin with it.",
    )
    badge_url: str | None = Field(
        None,
        description="The address printed in badge QR codes; SITE_URL when unset. "
        "A host with port of up to 16 characters keeps the QR at version 3.",
    )
    database_url: str = Field(
        "", description="postgres://... or sqlite:///path; empty means var/db.sqlite3 in the project."
    )
    database_pool_size: int = Field(4, ge=1, description="PostgreSQL connections kept by one process.")
    cache_url: str = Field(
        "", description="redis://...; empty means a table in the database, shared by all workers."
    )
    frontend_cache_url: SecretStr | None = Field(
        None,
        description="The cache in front of the site, emptied of what changes: http(s)://host:port takes "
        "PURGE (Varnish), cloudflare://token@zone; unset: there is none.",
    )
    email_url: str = Field(
        "console:",
        description="smtp://user:password@host:port, smtp+tls:// (STARTTLS), smtp+ssl://, "
        "file:///folder or console:",
    )
    email_from: str = Field("IPPC Events <events@example.org>", description="The sender of every mail.")
    allowed_hosts: list[str] = Field(
        [], description="Host names served, as a JSON list; the host of SITE_URL is always allowed."
    )
    trusted_proxies: int = Field(
        0, ge=0, description="Number of proxies before the site whose X-Forwarded-For entries are trusted."
    )
    media_root: str = Field("", description="Folder of uploaded files; empty means var/media in the project.")
    documents_root: str = Field(
        "",
        description="Folder of documents, which are served to those alone who may read them: not below "
        "MEDIA_ROOT; empty means the folder documents beside it.",
    )
    private_root: str = Field(
        "",
        description="Folder of files that participants send, which only staff may read: not below "
        "MEDIA_ROOT; empty means the folder private beside it.",
    )
    stripe_secret_key: SecretStr | None = Field(
        None, description="Stripe's secret key; unset means no card payment."
    )
    stripe_webhook_secret: SecretStr | None = Field(None, description="Secret that signs Stripe's webhooks.")
    stripe_api_base: str | None = Field(None, description="Another address of Stripe's API, for tests only.")
    require_second_factor: bool = Field(
        True, description="Staff must set up a second factor before any staff screen opens (production)."
    )
    allow_sqlite: bool = Field(False, description="Allow SQLite in production.")
    allow_local_media: bool = Field(False, description="Allow uploads on the local disk in production.")
    metrics_token: SecretStr | None = Field(
        None,
        description="Bearer token that /metrics asks for; unset means that only this machine may read it.",
    )
    log_level: str = Field("INFO", description="Level of the log on standard error.")


def refusals(values: Env) -> list[str]:
    """What is missing or unsafe for a site where people register, each with the variable to set."""
    conditions = {
        "SECRET_KEY must be set to at least 50 random characters.": _is_weak(values.secret_key),
        "SECRET_KEY_FALLBACKS must hold former keys of at least 50 characters.": any(
            map(_is_weak, values.secret_key_fallbacks)
        ),
        "SITE_URL must be the public https:// address.": not values.site_url.startswith("https://"),
        "ALLOWED_HOSTS must name hosts, not *.": "*" in values.allowed_hosts,
        "DATABASE_URL must name PostgreSQL; ALLOW_SQLITE=true accepts SQLite on a lasting disk.": (
            not values.database_url.startswith("postgres") and not values.allow_sqlite
        ),
        "ALLOW_LOCAL_MEDIA=true must say that the disk under MEDIA_ROOT is lasting.": (
            not values.allow_local_media
        ),
        "EMAIL_URL must name the mail server (smtp://...).": not values.email_url.startswith("smtp"),
        "EMAIL_FROM must be an address of the Secretariat.": "@example.org" in values.email_from,
        "STRIPE_WEBHOOK_SECRET must be set beside STRIPE_SECRET_KEY.": (
            values.stripe_secret_key is not None and values.stripe_webhook_secret is None
        ),
        "STRIPE_API_BASE is for tests; unset it.": values.stripe_api_base is not None,
    }
    return [words for words, holds in conditions.items() if holds]


def _is_weak(key: SecretStr) -> bool:
    return len(key.get_secret_value()) < 50 or key.get_secret_value() == DEFAULT_SECRET_KEY


@cache
def env() -> Env:
    """The environment, read once a process."""
    return Env()
