"""The environment: read, documented, and refused where it would lose or leak data."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError
from pydantic_settings import SettingsError

from site_cms.env import DEFAULT_SECRET_KEY, Env, refusals

ROOT = Path(__file__).resolve().parents[2]
KEY = "k" * 50
SAFE = {
    "SECRET_KEY": KEY,
    "SITE_URL": "https://events.example.org",
    "DATABASE_URL": "postgres://events@localhost/events",
    "ALLOW_LOCAL_MEDIA": "true",
    "EMAIL_URL": "smtp+tls://events:password@mail.example.org",
    "EMAIL_FROM": "IPPC Events <events@ippc.example>",
}


@pytest.fixture
def safe(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in Env.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in SAFE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_safe_environment_is_accepted(safe: pytest.MonkeyPatch) -> None:
    assert refusals(Env()) == []


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("SECRET_KEY", None, "SECRET_KEY must be set to at least 50 random characters."),
        ("SECRET_KEY", DEFAULT_SECRET_KEY, "SECRET_KEY must be set to at least 50 random characters."),
        ("SECRET_KEY", "k" * 49, "SECRET_KEY must be set to at least 50 random characters."),
        (
            "SECRET_KEY_FALLBACKS",
            f'["{KEY}", "short"]',
            "SECRET_KEY_FALLBACKS must hold former keys of at least 50 characters.",
        ),
        ("SITE_URL", None, "SITE_URL must be the public https:// address."),
        ("SITE_URL", "http://events.example.org", "SITE_URL must be the public https:// address."),
        ("ALLOWED_HOSTS", '["*"]', "ALLOWED_HOSTS must name hosts, not *."),
        (
            "DATABASE_URL",
            None,
            "DATABASE_URL must name PostgreSQL; ALLOW_SQLITE=true accepts SQLite on a lasting disk.",
        ),
        (
            "DATABASE_URL",
            "sqlite:////data/db.sqlite3",
            "DATABASE_URL must name PostgreSQL; ALLOW_SQLITE=true accepts SQLite on a lasting disk.",
        ),
        (
            "ALLOW_LOCAL_MEDIA",
            None,
            "ALLOW_LOCAL_MEDIA=true must say that the disk under MEDIA_ROOT is lasting.",
        ),
        ("EMAIL_URL", None, "EMAIL_URL must name the mail server (smtp://...)."),
        ("EMAIL_URL", "file:///tmp/mail", "EMAIL_URL must name the mail server (smtp://...)."),
        ("EMAIL_FROM", None, "EMAIL_FROM must be an address of the Secretariat."),
        ("STRIPE_SECRET_KEY", "sk_live_1", "STRIPE_WEBHOOK_SECRET must be set beside STRIPE_SECRET_KEY."),
        ("STRIPE_API_BASE", "http://127.0.0.1:9000", "STRIPE_API_BASE is for tests; unset it."),
    ],
)
def test_what_production_refuses(safe: pytest.MonkeyPatch, name: str, value: str | None, words: str) -> None:
    if value is None:
        safe.delenv(name)
    else:
        safe.setenv(name, value)
    assert refusals(Env()) == [words]


def test_sqlite_on_a_lasting_disk_is_allowed_by_name(safe: pytest.MonkeyPatch) -> None:
    safe.delenv("DATABASE_URL")
    safe.setenv("ALLOW_SQLITE", "true")
    assert refusals(Env()) == []


@pytest.mark.parametrize(
    "name, value",
    [
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("DATABASE_POOL_SIZE", "0"),
        ("ALLOW_SQLITE", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(safe: pytest.MonkeyPatch, name: str, value: str) -> None:
    safe.setenv(name, value)
    with pytest.raises(ValidationError, match=name.lower()):
        Env()


def test_a_list_that_cannot_be_read_is_named_without_its_secrets(safe: pytest.MonkeyPatch) -> None:
    safe.setenv("SECRET_KEY_FALLBACKS", "very-secret")
    with pytest.raises(SettingsError, match="secret_key_fallbacks") as caught:
        Env()
    assert "very-secret" not in str(caught.value)


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    known = {name.upper() for name in Env.model_fields}
    clean = {name: value for name, value in os.environ.items() if name not in known}
    command = [sys.executable, "-c", "import django; django.setup()"]
    settings = {"DJANGO_SETTINGS_MODULE": "site_cms.settings.production"}
    return subprocess.run(
        command, cwd=ROOT, env=clean | settings | environment, text=True, capture_output=True, check=False
    )


def test_production_starts_with_a_safe_environment_only() -> None:
    assert start(**SAFE).returncode == 0
    refused = start()
    assert refused.returncode == 1
    lines = refused.stderr.split("The site does not start:\n")[1].splitlines()
    assert [line.split()[1].partition("=")[0] for line in lines] == [
        "SECRET_KEY",
        "SITE_URL",
        "DATABASE_URL",
        "ALLOW_LOCAL_MEDIA",
        "EMAIL_URL",
        "EMAIL_FROM",
    ]
    assert DEFAULT_SECRET_KEY not in refused.stderr


def documented() -> dict[str, tuple[str, str]]:
    """Name, default and meaning of each row of the table in docs/operating.md."""
    text = (ROOT / "docs/operating.md").read_text()
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


def default_of(name: str) -> str:
    value = Env.model_fields[name].default
    if isinstance(value, SecretStr):
        return "a development key"
    if value in ("", None, []):
        return "unset"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_the_handbook_lists_every_variable_with_its_default_and_meaning() -> None:
    expected = {
        name.upper(): (default_of(name), field.description) for name, field in Env.model_fields.items()
    }
    assert documented() == expected
