"""The names of our packages are ours, and the wheel brings what runs need beside the code."""

import importlib
import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.outside import ROOT

PACKAGES = ["domain", "application", "adapters", "entrypoints", "migrations"]
DATA = ["models"]
FOLDERS = {*PACKAGES, *DATA, "features", "tests", "docs"}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_name_belongs_to_us(name: str) -> None:
    """PyPI has strangers named `entrypoints` and `adapters`."""
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(ROOT)
    assert set(packages_distributions().get(name, ["trendflow"])) == {"trendflow"}


def test_the_top_level_folders_are_the_agreed_ones() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--", "*/*"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = {line.partition("/")[0] for line in listed.stdout.splitlines()}
    assert {name for name in found if not name.startswith(".")} <= FOLDERS


@pytest.mark.slow
def test_the_wheel_brings_migrations_and_data_files_and_no_tests(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = subprocess.run(
        ["git", "ls-files", "--", *PACKAGES, *DATA],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(shipped.stdout.splitlines()) <= names
    assert {name.partition("/")[0] for name in names} - {"trendflow-0.1.0.dist-info"} == {
        *PACKAGES,
        *DATA,
    }
