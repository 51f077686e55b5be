"""The rules of the house hold: the order of the rooms, the sizes, the slow libraries, the requirements."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("events", "site_cms")
FILE_LINES, FUNCTION_LINES = 300, 60
SLOW = {"icalendar", "openpyxl", "qrcode", "stripe", "typst"}
BACKWARD = {
    "a lower room imports a higher one": ("events/access/roles.py", "from events.reports import models"),
    "a pure module imports views": ("events/calendar/feed.py", "from events.calendar import views"),
    "a room imports a journey": ("events/registration/services.py", "from events.journeys import confirm"),
    "the domain imports the project": ("events/catalogue/regions.py", "from site_cms import health"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the copy in the folder."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of both packages and of the contracts."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rooms_keep_their_order(house: Path) -> None:
    done = lint_imports(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("plant", BACKWARD.values(), ids=BACKWARD)
def test_a_backward_import_is_caught(house: Path, plant: tuple[str, str]) -> None:
    file, line = plant
    with (house / file).open("a") as module:
        module.write(f"\n{line}\n")
    done = lint_imports(house)
    assert done.returncode == 1, done.stdout
    assert file.removesuffix(".py").replace("/", ".") in done.stdout


def modules() -> Iterator[tuple[str, str]]:
    """Name and text of every module written by hand."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def lengths(name: str, text: str) -> Iterator[tuple[str, int, int]]:
    """Name, length and hard stop of a module and of each function in it."""
    yield name, text.count("\n"), FILE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            yield f"{name}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1, FUNCTION_LINES


def test_no_file_or_function_outgrows_a_reader() -> None:
    measured = [one for name, text in modules() for one in lengths(name, text)]
    assert [f"{name}: {length}" for name, length, stop in measured if length > stop] == []


def imported() -> dict[str, set[str]]:
    """Every top-level package that is imported, with the modules that import it."""
    importers: dict[str, set[str]] = {}
    for name, text in modules():
        for node in ast.walk(ast.parse(text)):
            match node:
                case ast.Import(names=names):
                    found = [alias.name for alias in names]
                case ast.ImportFrom(module=str(module), level=0):
                    found = [module]
                case _:
                    found = []
            for one in found:
                importers.setdefault(one.partition(".")[0], set()).add(name)
    return importers


def test_a_slow_library_is_imported_by_one_module_only() -> None:
    assert [
        (library, names) for library, names in imported().items() if library in SLOW and len(names) > 1
    ] == []


def pins(lock: str) -> dict[str, str]:
    """The lines of a compiled file of requirements by the name of the package."""
    text = (ROOT / "requirements" / lock).read_text().replace("\\\n", " ")
    return {line.partition("==")[0]: line for line in text.splitlines() if re.match(r"[a-z0-9-]+==", line)}


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_requirements_have_hashes_and_no_addresses(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert not re.search(r"://|--index-url|--find-links", text)
    assert [line for line in pins(lock).values() if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("wish", ["base.in", "dev.in"])
def test_what_is_required_is_compiled(wish: str) -> None:
    lines = (ROOT / "requirements" / wish).read_text().splitlines()
    names = {re.split(r"[\[<>=]", line)[0] for line in lines if re.match(r"\w", line)}
    assert names - pins(wish.replace(".in", ".txt")).keys() == set()


def normal(name: str) -> str:
    """The one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_the_site_imports_is_installed_without_the_tools_of_the_tests() -> None:
    runtime = pins("base.txt").keys()
    owners = packages_distributions()
    foreign = imported().keys() - set(PACKAGES) - sys.stdlib_module_names
    missing = [name for name in foreign if not {normal(owner) for owner in owners.get(name, [])} & runtime]
    assert missing == []
