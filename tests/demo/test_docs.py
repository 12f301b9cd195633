"""That the page about the demo tells the values of the code."""

from pathlib import Path

from entrypoints.demo import timeline as plan
from entrypoints.demo.compare import show
from entrypoints.demo.known import KNOWN

PAGE = Path(__file__).parents[2] / "docs" / "demo.md"


def test_the_page_names_every_known_value() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    told = rows[-len(KNOWN) :]
    for known, row in zip(KNOWN, told, strict=True):
        array, what, value, tolerance = (cell.strip() for cell in row.strip("|").split("|"))
        assert array.startswith(f"`{known.component}.{known.array}`")
        assert what == known.what.en
        assert value == f"{show(known.value)} {known.unit}".rstrip()
        assert tolerance == (f"±{show(known.tolerance)}" if known.tolerance else "exact")


def test_the_page_quotes_the_title_and_every_line() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert plan.TITLE in page.replace("\n", " ")
    for line in plan.LINES:
        assert line.text in page
