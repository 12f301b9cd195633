"""Reports as the pages they would be drawn from."""

from application.ports.reports import ReportPage
from domain.identity import RunId, RunIdentity


class MemoryReports:
    """Keeps the newest page of each run (port `Reports`)."""

    def __init__(self) -> None:
        self._pages: dict[RunId, ReportPage] = {}

    def write(self, page: ReportPage, *, language: str) -> str:
        del language
        self._pages[page.identity.run_id] = page
        return self.location(page.identity)

    def location(self, identity: RunIdentity) -> str:
        return f"memory:reports/{identity.run_id}"

    def page(self, run_id: RunId) -> ReportPage:
        """The page of a run; KeyError where none was written."""
        return self._pages[run_id]
