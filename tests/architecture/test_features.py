"""The gate on scenarios: one that lacks a binding, on either side, fails by its name."""

import subprocess
import sys
from pathlib import Path

from tests.outside import ROOT

FEATURE = """Feature: Planted
  Scenario: Bound twice
    Given nothing
  Scenario: Bound from inside alone
    Given nothing
  Scenario: Bound nowhere
    Given nothing
"""
TEST = """
import pytest
from pytest_bdd import given, scenario

TWICE = ["inside", pytest.param("outside", marks=pytest.mark.e2e)]

@given("nothing")
def _():
    pass

@pytest.mark.parametrize("side", TWICE)
@scenario("planted.feature", "Bound twice")
def test_twice(side):
    pass

@scenario("planted.feature", "Bound from inside alone")
def test_once():
    pass
"""
SETTINGS = "[pytest]\nmarkers =\n    e2e: from outside\nbdd_features_base_dir = features\n"


def gate(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / ".ci/features.py"), str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)


def planted(root: Path, feature: str) -> Path:
    (root / "features").mkdir()
    (root / "features" / "planted.feature").write_text(feature)
    (root / "tests" / "features").mkdir(parents=True)
    (root / "tests" / "features" / "test_planted.py").write_text(TEST)
    (root / "pytest.ini").write_text(SETTINGS)
    return root


def test_a_scenario_without_a_binding_fails_by_its_name(tmp_path: Path) -> None:
    """Issue 4: a scenario without an e2e binding fails `make check`."""
    told = gate(planted(tmp_path, FEATURE))
    assert told.returncode == 1
    marked = "no test of it has the marker e2e"
    assert told.stderr.splitlines() == [
        f"planted.feature: 'Bound from inside alone' is not run from outside: {marked}",
        "planted.feature: 'Bound nowhere' is not run from inside, over memory adapters",
        f"planted.feature: 'Bound nowhere' is not run from outside: {marked}",
    ]


def test_scenarios_that_are_bound_twice_pass(tmp_path: Path) -> None:
    bound = FEATURE.partition("  Scenario: Bound nowhere")[0]
    test = TEST.replace(
        '@scenario("planted.feature", "Bound from',
        '@pytest.mark.parametrize("side", TWICE)\n@scenario("planted.feature", "Bound from',
    ).replace("test_once()", "test_once(side)")
    root = planted(tmp_path, bound)
    (root / "tests" / "features" / "test_planted.py").write_text(test)
    told = gate(root)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_name_that_is_there_twice_fails(tmp_path: Path) -> None:
    """Only one of two scenarios of a name would ever run."""
    again = "  Scenario: Bound twice\n    Given nothing\n"
    told = gate(planted(tmp_path, FEATURE + again))
    assert "'Bound twice' is there twice" in told.stderr


def test_tests_that_cannot_be_collected_fail(tmp_path: Path) -> None:
    root = planted(tmp_path, FEATURE)
    (root / "tests" / "features" / "test_planted.py").write_text("import nothing_of_that_name")
    told = gate(root)
    assert told.returncode == 1
    assert "cannot be collected" in told.stderr
