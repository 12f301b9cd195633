"""Says which scenario lacks one of its two bindings: from inside, and from outside (marker e2e)."""

import contextlib
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = re.compile(r"^\s*(?:Scenario|Scenario Outline|Example):\s*(.+?)\s*$", re.MULTILINE)

Named = tuple[str, str]
"""A feature file's name without its ending, and a scenario's."""


@dataclass(slots=True)
class Bound:
    """What pytest would run of the scenarios, on each side."""

    inside: set[Named] = field(default_factory=set)
    outside: set[Named] = field(default_factory=set)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sorts what was collected."""
        for item in session.items:
            if not isinstance(item, pytest.Function):
                continue
            template = scenario_wrapper_template_registry.get(item.obj)
            if template is not None:
                side = self.outside if item.get_closest_marker("e2e") else self.inside
                side.add((Path(template.feature.filename).stem, template.name))


def written(features: Path) -> list[Named]:
    """Return every scenario of every feature file."""
    return [
        (file.stem, name)
        for file in sorted(features.rglob("*.feature"))
        for name in SCENARIO.findall(file.read_text(encoding="utf-8"))
    ]


def problems(scenarios: Iterable[Named], bound: Bound) -> Iterator[str]:
    """Tell what is missing, one line each."""
    seen = set[Named]()
    for feature, name in scenarios:
        where = f"{feature}.feature: {name!r}"
        if (feature, name) in seen:
            yield f"{where} is there twice: one of them would never run"
        seen.add((feature, name))
        if (feature, name) not in bound.inside:
            yield f"{where} is not run from inside, over memory adapters"
        if (feature, name) not in bound.outside:
            yield f"{where} is not run from outside: no test of it has the marker e2e"


def collected(tests: Path) -> Bound:
    """Collect the tests of a folder without running any; exits where that fails."""
    bound, said = Bound(), io.StringIO()
    # Its assertions need no rewriting here, and it is imported above.
    quiet = ["-q", "-W", "ignore::pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider"]
    arguments = ["--collect-only", *quiet, "-m", "", str(tests)]
    with contextlib.redirect_stdout(said):
        code = pytest.main(arguments, plugins=[bound])
    if code != pytest.ExitCode.OK:
        sys.exit(f"the features' tests cannot be collected:\n{said.getvalue()}")
    return bound


def main() -> None:
    """Fail with a line for each binding that is missing."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    found = problems(written(root / "features"), collected(root / "tests" / "features"))
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
