"""Layering: the core imports only what it may, and each import contract really breaks."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.outside import ROOT

OURS = {"domain", "application", "adapters", "entrypoints"}


def imported(package: str) -> Iterator[tuple[str, str]]:
    """Yield every file of a package with each top-level name it imports."""
    for path in sorted((ROOT / package).rglob("*.py")):
        where = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((where, alias.name.partition(".")[0]) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield where, (node.module or ".").partition(".")[0]


def strangers(package: str, *, allowed: set[str]) -> list[tuple[str, str]]:
    """Return what a package imports beyond the standard library and what it is allowed."""
    fine = set(sys.stdlib_module_names) | allowed
    return [found for found in imported(package) if found[1] not in fine]


def test_the_domain_imports_only_the_standard_library() -> None:
    assert strangers("domain", allowed={"domain"}) == []


def test_the_application_adds_only_numpy() -> None:
    assert strangers("application", allowed={"domain", "application", "numpy"}) == []


def test_the_import_scan_sees_what_the_adapters_bring_in() -> None:
    """The two tests above prove nothing unless the scan can find a stranger."""
    found = {name for _, name in strangers("tests", allowed=OURS | {"tests"})}
    assert "pytest" in found


VIOLATIONS = {
    "Dependencies point inwards": ("domain/planted.py", "import application"),
    "The core knows no framework": ("application/planted.py", "import sqlalchemy"),
    "The domain does not count in numpy": ("domain/planted.py", "import numpy"),
    "Adapters are unaware of each other": (
        "adapters/planted/__init__.py",
        "import adapters.neighbour",
    ),
    "Only the composition root names adapters": (
        "entrypoints/planted.py",
        "import adapters.neighbour",
    ),
}


def contracts_kept(folder: Path) -> dict[str, bool]:
    """Run the import contracts over a copy and return which of them hold."""
    linter = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [linter, "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    verdicts = re.findall(r"^(.+?) (KEPT|BROKEN)\b", run.stdout, re.MULTILINE)
    return {name: verdict == "KEPT" for name, verdict in verdicts}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a bare copy of the house: its rules and empty packages."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in (*OURS, "adapters/neighbour"):
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def test_a_bare_house_keeps_every_contract(house: Path) -> None:
    assert contracts_kept(house) == dict.fromkeys(VIOLATIONS, True)


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_planted_import_breaks_its_contract(house: Path, contract: str) -> None:
    name, line = VIOLATIONS[contract]
    path = house / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(line)
    assert contracts_kept(house)[contract] is False


def test_the_container_may_name_adapters(house: Path) -> None:
    container = house / "entrypoints/container"
    container.mkdir()
    (container / "__init__.py").write_text("import entrypoints.container.part")
    (container / "part.py").write_text("import adapters.neighbour")
    (house / "entrypoints/cli.py").write_text("import entrypoints.container")
    assert contracts_kept(house)["Only the composition root names adapters"]
