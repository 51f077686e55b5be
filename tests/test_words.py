"""Every word of the interface in all six languages: none missing, doubtful, or left in English."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
PLURAL_FORMS = {"fr": 2, "es": 2, "ar": 6, "zh_Hans": 1, "ru": 3}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]|\{(\w*)\}")

# The same word in both languages: names, signs, and words that the languages share.
SAME_EVERYWHERE = re.compile(
    r"[\W\d_]*|(%\(\w+\)s|[\W_])+|IPPC Events|PDF|QR|CSV|XLSX|ISO .*|UN M49|RPPO|JSON"
)
SAME_IN = Path(__file__).with_name("same_words.txt")


@pytest.fixture(scope="module", params=PLURAL_FORMS)
def catalogue(request):
    path = ROOT / "locale" / request.param / "LC_MESSAGES" / "django.po"
    return request.param, [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The words in the code as it stands, extracted anew."""
    path = tmp_path_factory.mktemp("words") / "django.pot"
    makefile = (ROOT / "Makefile").read_text()
    keywords = re.findall(r"--keyword (\S+)", makefile)
    command = [
        sys.executable,
        "-m",
        "babel.messages.frontend",
        "--quiet",
        "extract",
        "--mapping",
        "pyproject.toml",
    ]
    command += ["--output", str(path), *(f"--keyword={keyword}" for keyword in keywords), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return polib.pofile(str(path))


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_word_of_the_code_is_in_the_catalogue(catalogue, template):
    _language, entries = catalogue
    known = {(entry.msgctxt, entry.msgid) for entry in entries}
    assert [entry.msgid for entry in template if (entry.msgctxt, entry.msgid) not in known] == []


def test_no_translation_is_missing_or_doubtful(catalogue):
    language, entries = catalogue
    forms = PLURAL_FORMS[language]
    assert [entry.msgid for entry in entries if not all(text.strip() for text in texts(entry))] == []
    assert [entry.msgid for entry in entries if "fuzzy" in entry.flags] == []
    assert [e.msgid for e in entries if e.msgid_plural and len(e.msgstr_plural) != forms] == []


def test_nothing_is_left_in_english(catalogue):
    language, entries = catalogue
    same = {
        line.split("\t")[1] for line in SAME_IN.read_text().splitlines() if line.split("\t")[0] == language
    }
    forgotten = [
        entry.msgid
        for entry in entries
        if entry.msgid in texts(entry)
        and not SAME_EVERYWHERE.fullmatch(entry.msgid)
        and entry.msgid not in same
    ]
    assert forgotten == []


def test_translations_keep_what_the_code_fills_in(catalogue):
    _language, entries = catalogue

    def named(text):
        return sorted(match.group() for match in PLACEHOLDER.finditer(text))

    # Of plural forms the last is the general one; "one" and "two" may say the number in words.
    wrong = [e.msgid for e in entries if set(named(texts(e)[-1])) != set(named(e.msgid_plural or e.msgid))]
    assert wrong == []
    assert [
        e.msgid for e in entries if set(named(" ".join(texts(e)))) - set(named(e.msgid + e.msgid_plural))
    ] == []
