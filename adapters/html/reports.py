"""Reports as HTML, one page a run (port `Reports`)."""

from adapters.html.page import draw
from application.ports.reports import ReportPage
from application.ports.shelf import Shelf
from domain.identity import RunIdentity


class HtmlReports:
    """Puts `reports/<run_id>/report.html` on the shelf, whole or not at all."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def write(self, page: ReportPage, *, language: str) -> str:
        """Draws the page in `en` or `ru` and replaces the run's former one; returns its location.

        Raises `ResourceExhausted` when the disk is full, and leaves nothing half written.
        """
        # A title may hold half a surrogate pair, which no UTF-8 spells: the page shows a "?".
        content = draw(page, language=language).encode(errors="replace")
        self._shelf.put(_path(page.identity), content)
        return self.location(page.identity)

    def read(self, identity: RunIdentity) -> bytes | None:
        """The page as it was written."""
        return self._shelf.read(_path(identity))

    def location(self, identity: RunIdentity) -> str:
        """Where a run's report is, written or not."""
        return self._shelf.location(_path(identity))

    def is_written(self, identity: RunIdentity) -> bool:
        """Whether the run has its report."""
        return self._shelf.has(_path(identity))


def _path(identity: RunIdentity) -> str:
    return f"reports/{identity.run_id}/report.html"
