"""Checks over the lock that whatever may be imported is permissive or LGPL (or MPL)."""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = re.compile(
    r"apache|bsd|cnri|isc|lgpl|lesser general public|mit\b|mit-|mpl|mozilla public|psf|"
    r"python software foundation|public domain|unlicense|zlib|zpl|0bsd|cc0|hpnd|blueoak",
    re.IGNORECASE,
)
STRONG = re.compile(r"(?<![L])GPL|(?<!lesser )general public|affero", re.IGNORECASE)

# Read by hand, each with its reason; a package comes here only when its metadata cannot be trusted.
READ_BY_HAND = {
    "axe-playwright-python": "MIT in its repository and wheel; axe-core inside it is MPL-2.0",
    "codespell": "GPL-2.0, a program that `make check` runs and nothing imports",
    "dependency-injector": "BSD-3-Clause, its whole text in place of a name",
}


def declared(package: Distribution) -> list[str]:
    """Return what a package says of its licence, the most exact way of saying it first."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        return [metadata["License-Expression"]]
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved :: ")
    ]
    # Some put a whole licence here, with those of all they bundle: the first line names theirs.
    text = metadata["License"].strip().splitlines() if "License" in metadata else []
    return classifiers or text[:1]


def is_fit(licence: str) -> bool:
    """Tell whether code under this licence, or one of those offered by it, may be imported."""
    return any(
        ALLOWED.search(choice) is not None and STRONG.search(choice) is None
        for choice in re.split(r"\bOR\b", licence)
    )


def problem(name: str) -> str | None:
    """Say why a locked package may not stay, or nothing."""
    if name in READ_BY_HAND:
        return None
    try:
        licences = declared(distribution(name))
    except PackageNotFoundError:
        return None  # locked for another platform
    if not licences:
        return f"{name}: names no licence"
    unfit = [licence for licence in licences if not is_fit(licence)]
    return f"{name}: {', '.join(unfit)}" if unfit else None


def locked() -> set[str]:
    """Return the names in the lock files."""
    names = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)
    return {
        name
        for lock in ("requirements.lock", "requirements-dev.lock")
        for name in names.findall((ROOT / lock).read_text())
    }


def main() -> None:
    """Fail with a line for each package that may not stay."""
    sys.exit("\n".join(filter(None, map(problem, sorted(locked())))) or 0)


if __name__ == "__main__":
    main()
