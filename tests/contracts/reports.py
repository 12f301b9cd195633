"""What every writer of reports must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace

import pytest

from application.ports.reports import ReportPage, Reports
from tests.report.pages import a_page

Shown = Callable[[str], str | None]
"""What a person finds at a location: its text, or None where nothing was written."""


class ReportsContract(ABC):
    """Subclass and give `reports` and `shown`."""

    @pytest.fixture
    @abstractmethod
    def reports(self) -> Reports: ...

    @pytest.fixture
    @abstractmethod
    def shown(self, reports: Reports) -> Shown: ...

    @pytest.fixture
    def page(self) -> ReportPage:
        return a_page()

    def test_a_written_report_is_found_where_write_says(
        self, reports: Reports, shown: Shown, page: ReportPage
    ) -> None:
        found = shown(reports.write(page, language="en"))
        assert found is not None
        assert page.title is not None
        assert page.title in found
        assert reports.read(page.identity) == found.encode()

    def test_the_location_is_known_before_the_report_is_written(
        self, reports: Reports, shown: Shown, page: ReportPage
    ) -> None:
        location = reports.location(page.identity)
        assert shown(location) is None
        assert not reports.is_written(page.identity)
        assert reports.read(page.identity) is None
        assert reports.write(page, language="en") == location
        assert reports.is_written(page.identity)

    @pytest.mark.parametrize(("language", "word"), [("en", "Loudness"), ("ru", "Громкость")])
    def test_components_are_called_by_their_names_in_the_language(
        self, reports: Reports, shown: Shown, page: ReportPage, language: str, word: str
    ) -> None:
        assert word in (shown(reports.write(page, language=language)) or "")

    def test_a_language_that_is_not_spoken_is_refused_and_nothing_is_written(
        self, reports: Reports, shown: Shown, page: ReportPage
    ) -> None:
        with pytest.raises(ValueError, match="'de'"):
            reports.write(page, language="de")
        assert shown(reports.location(page.identity)) is None

    def test_writing_again_replaces_the_report(
        self, reports: Reports, shown: Shown, page: ReportPage
    ) -> None:
        reports.write(replace(page, title="A former title"), language="en")
        found = shown(reports.write(replace(page, title="A new title"), language="en")) or ""
        assert "A new title" in found
        assert "A former title" not in found

    def test_runs_have_reports_of_their_own(
        self, reports: Reports, shown: Shown, page: ReportPage
    ) -> None:
        other = replace(a_page(title="Another video"))
        first, second = (reports.write(one, language="en") for one in (page, other))
        assert first != second
        assert "Another video" not in (shown(first) or "")
