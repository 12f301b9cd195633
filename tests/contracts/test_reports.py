"""Every writer of reports against the one suite."""

from pathlib import Path

import pytest

from adapters.folder.shelf import FolderShelf
from adapters.html.reports import HtmlReports
from adapters.memory.reports import MemoryReports
from application.errors import AdapterError
from application.ports.reports import Reports
from tests.contracts.reports import ReportsContract, Shown
from tests.report.pages import a_page


class TestHtmlReports(ReportsContract):
    @pytest.fixture
    def reports(self, tmp_path: Path) -> HtmlReports:
        return HtmlReports(FolderShelf(tmp_path))

    @pytest.fixture
    def shown(self) -> Shown:
        return lambda location: (
            Path(location).read_text("utf-8") if Path(location).exists() else None
        )

    def test_a_report_that_cannot_be_written_leaves_the_former_one_whole(
        self, reports: Reports
    ) -> None:
        """The part is written beside and put in place in one step."""
        page = a_page()
        written = Path(reports.write(page, language="en"))
        before = written.read_bytes()
        part = written.with_name(f".{written.name}.part")
        part.mkdir()
        with pytest.raises(AdapterError, match="EISDIR"):
            reports.write(page, language="ru")
        assert written.read_bytes() == before

    def test_a_title_with_half_a_character_is_shown_with_a_question_mark(
        self, reports: Reports
    ) -> None:
        """JSON can spell half a surrogate pair and UTF-8 cannot: the run has its report still."""
        page = a_page(title="Half \ud83d here")
        assert "Half ? here" in Path(reports.write(page, language="en")).read_text("utf-8")

    def test_nothing_else_is_left_beside_the_report(self, reports: Reports, tmp_path: Path) -> None:
        """R-303's neighbour: `reports/<run_id>/report.html` and no more."""
        page = a_page()
        written = Path(reports.write(page, language="en"))
        expected = tmp_path / "reports" / str(page.identity.run_id) / "report.html"
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [written] == [expected]


class TestMemoryReports(ReportsContract):
    @pytest.fixture
    def reports(self) -> MemoryReports:
        return MemoryReports()

    @pytest.fixture
    def shown(self, reports: MemoryReports) -> Shown:
        return reports.texts.get
