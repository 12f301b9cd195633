"""The report of a run: everything measured, as one page for a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.account import RunAccount
from application.ports.analyst import Analyst
from application.ports.components import Arrays, Components
from application.ports.reports import ReportCard, ReportPage, Reports
from application.ports.segments import Segments
from domain.canonical import JsonValue
from domain.sampling import time_of

KEY_FRAMES = "key_frames"


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Draws a run's page from its manifest, its artifacts and their schemas alone (R-804)."""

    reports: Reports
    components: Components
    segments: Segments
    analyst: Analyst

    def __call__(self, account: RunAccount, *, language: str) -> str:
        manifest = account.as_manifest()
        page = ReportPage(
            identity=account.run.identity,
            title=account.run.metadata.title,
            run=_table(manifest["run"]),
            cards=tuple(self._card(account, entry) for entry in _rows(manifest["components"])),
            key_frames=self._key_frames(account),
        )
        return self.reports.write(page, language=language)

    def is_written(self, account: RunAccount) -> bool:
        """Whether the run has its report; one that is there is whole."""
        return self.reports.is_written(account.run.identity)

    def _card(self, account: RunAccount, entry: Mapping[str, JsonValue]) -> ReportCard:
        name = str(entry["name"])
        arrays: Arrays = account.read(name) if name in account.artifacts else {}
        return ReportCard(entry=entry, schema=self.components[name].schema, arrays=arrays)

    def _key_frames(self, account: RunAccount) -> tuple[tuple[float, bytes], ...]:
        """Pictures of the key frames, while the run's frames are still on the worker's disk."""
        run_id = account.run.id
        if KEY_FRAMES not in account.artifacts or self.segments.load(run_id) is None:
            return ()
        indices = tuple(int(i) for i in account.read(KEY_FRAMES)["frame_indices"])
        if not set(indices) <= set(self.segments.union(run_id).indices):
            # They were chosen in another run, whose frames these are not.
            return ()
        pictures = self.analyst.jpegs(run_id, indices)
        return tuple(zip(map(time_of, indices), pictures, strict=True))


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("the manifest is not what this version writes")
    return value


def _rows(value: JsonValue) -> list[Mapping[str, JsonValue]]:
    if not isinstance(value, list):
        raise TypeError("the manifest is not what this version writes")
    return [_table(row) for row in value]
