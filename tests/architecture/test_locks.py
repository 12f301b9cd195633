"""The lock: no hosts, no strangers, no licence that may not be imported, and never stale."""

from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from tests.outside import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]


@pytest.fixture(scope="module")
def lock() -> dict[str, Any]:
    """Return what `.ci/lock.py` defines."""
    return run_path(str(ROOT / ".ci/lock.py"))


@pytest.fixture(scope="module")
def licences() -> dict[str, Any]:
    """Return what `.ci/licences.py` defines."""
    return run_path(str(ROOT / ".ci/licences.py"))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_answers_to_the_project_and_names_no_host(lock: dict[str, Any], name: str) -> None:
    text = (ROOT / name).read_text()
    assert lock["problems"](text, digest=lock["asked_for"]()) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("--index-url somewhere\n", "host"),
        ("numpy @ file:///tmp/numpy.whl\n", "host"),
        ("numpy==2.0  # from https://somewhere\n", "host"),
        ("entrypoints==0.4\n", "stranger"),
    ],
)
def test_a_lock_is_refused_for_what_it_must_not_hold(
    lock: dict[str, Any], line: str, problem: str
) -> None:
    (found,) = lock["problems"](lock["header"]("x") + line, digest="x")
    assert problem in found


def test_a_lock_made_for_other_wishes_is_refused(lock: dict[str, Any]) -> None:
    (found,) = lock["problems"](lock["header"]("old"), digest="new")
    assert "make lock" in found


@pytest.mark.parametrize(
    "licence",
    ["MIT", "BSD-3-Clause AND LGPL-3.0-only", "GPL-2.0-only OR MIT", "Mozilla Public License 2.0"],
)
def test_permissive_and_lesser_licences_may_be_imported(
    licences: dict[str, Any], licence: str
) -> None:
    assert licences["is_fit"](licence)


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-or-later", "MIT AND GPL-2.0-only", "GNU Affero General Public License v3", "Secret"],
)
def test_strong_copyleft_and_unknown_licences_may_not(
    licences: dict[str, Any], licence: str
) -> None:
    assert not licences["is_fit"](licence)


def test_a_stand_in_is_never_a_dependency() -> None:
    """Wheels that carry GPL programs are installed only where no system package can be."""
    pins = Path(ROOT / ".ci/stand-ins.txt").read_text().splitlines()
    names = {pin.partition("==")[0] for pin in pins if "==" in pin}
    locked = "\n".join((ROOT / name).read_text() for name in LOCKS)
    assert len(names) > 3
    assert not {name for name in names if f"{name}==" in locked}
