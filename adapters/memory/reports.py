"""Reports as the pages they would be drawn from."""

from application.ports.reports import ReportPage
from domain.identity import RunId, RunIdentity

_LANGUAGES = {"en", "ru"}


class MemoryReports:
    """Keeps the newest page of each run (port `Reports`); `texts` holds its titles by location."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._pages: dict[RunId, ReportPage] = {}

    def write(self, page: ReportPage, *, language: str) -> str:
        if language not in _LANGUAGES:
            raise ValueError(f"reports are written in en and ru, not {language!r}")
        labels = [card.schema.label for card in page.cards]
        names = [label.ru if language == "ru" else label.en for label in labels]
        location = self.location(page.identity)
        self.texts[location] = "\n".join([page.title or "", *names])
        self._pages[page.identity.run_id] = page
        return location

    def read(self, identity: RunIdentity) -> bytes | None:
        text = self.texts.get(self.location(identity))
        return None if text is None else text.encode()

    def location(self, identity: RunIdentity) -> str:
        return f"memory:reports/{identity.run_id}"

    def is_written(self, identity: RunIdentity) -> bool:
        return identity.run_id in self._pages

    def page(self, run_id: RunId) -> ReportPage:
        """The page of a run; KeyError where none was written."""
        return self._pages[run_id]
