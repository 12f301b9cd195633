"""A database and a store that fail when they are told to, as those behind a network do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from adapters.memory.artifacts import MemoryArtifacts
from adapters.memory.database import MemoryDatabase
from adapters.memory.reports import MemoryReports
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.errors import AdapterError
from application.ports.reports import ReportPage
from domain.canonical import JsonValue
from domain.identity import RunIdentity


class Harm(StrEnum):
    """What becomes of one unit of work."""

    REFUSED = "refused"
    """It never begins."""
    LOST = "lost"
    """Everything is written, and nothing of it is kept."""
    UNANSWERED = "unanswered"
    """It is kept, and nobody is told so."""


@dataclass
class Weather:
    """Harms by the number of the unit of work, counted from 0 over all that are begun."""

    harms: Mapping[int, Harm] = field(default_factory=dict)
    begun: int = 0

    def next(self) -> Harm | None:
        self.begun += 1
        return self.harms.get(self.begun - 1)


class FlakyUnitOfWork(MemoryUnitOfWork):
    """A unit of work that meets the weather."""

    def __init__(self, database: MemoryDatabase, weather: Weather) -> None:
        super().__init__(database)
        self._harm = weather.next()

    def __enter__(self) -> Self:
        if self._harm is Harm.REFUSED:
            raise no_answer()
        return super().__enter__()

    def commit(self) -> None:
        if self._harm is Harm.LOST:
            raise no_answer()
        super().commit()
        if self._harm is Harm.UNANSWERED:
            raise no_answer()


class FlakyArtifacts(MemoryArtifacts):
    """A store whose writes fail by their number, before or after they are done."""

    def __init__(self, harms: Mapping[int, Harm]) -> None:
        super().__init__()
        self._weather = Weather(harms)

    def write(self, path: str, content: bytes) -> tuple[int, str]:
        with self._met():
            return super().write(path, content)

    def write_manifest(self, identity: RunIdentity, manifest: Mapping[str, JsonValue]) -> str:
        with self._met():
            return super().write_manifest(identity, manifest)

    @contextmanager
    def _met(self) -> Iterator[None]:
        harm = self._weather.next()
        if harm is Harm.REFUSED:
            raise no_answer(code="storage_failed")
        yield
        if harm is Harm.UNANSWERED:
            raise no_answer(code="storage_failed")


class FlakyReports(MemoryReports):
    """Reports on a shelf that is away for the first so many writes."""

    def __init__(self, *, away: int) -> None:
        super().__init__()
        self._away = away

    def write(self, page: ReportPage, *, language: str) -> str:
        if self._away > 0:
            self._away -= 1
            raise no_answer(code="storage_failed")
        return super().write(page, language=language)


def no_answer(*, code: str = "database_unavailable") -> AdapterError:
    return AdapterError("no answer", code=code, retryable=True)
