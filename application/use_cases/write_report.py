"""The report of a run: everything measured, as one page for a person."""

from collections.abc import Mapping
from dataclasses import dataclass

from application.account import RunAccount
from application.pictures import Pictures
from application.ports.analyst import Analyst
from application.ports.components import Arrays, Components
from application.ports.reports import ReportCard, ReportPage, Reports
from application.ports.segments import Segments
from domain.canonical import JsonValue
from domain.run import Run
from domain.sampling import time_of

KEY_FRAMES = "key_frames"


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Draws a run's page from its manifest, its artifacts and their schemas alone (R-804).

    The pictures of its key frames are kept beside it, for whoever draws pages of their own.
    """

    reports: Reports
    components: Components
    segments: Segments
    analyst: Analyst
    pictures: Pictures

    def __call__(self, account: RunAccount, *, language: str) -> None:
        """Raises LeaseLost, and leaves the page of whoever has the run now."""
        manifest, key_frames = account.as_manifest(), self._key_frames(account)
        page = ReportPage(
            identity=account.run.identity,
            title=account.run.metadata.title,
            run=_table(manifest["run"]),
            cards=tuple(self._card(account, entry) for entry in _rows(manifest["components"])),
            key_frames=tuple((time_of(index), jpeg) for index, jpeg in key_frames.items()),
        )
        self.pictures.keep(account.run.id, key_frames)
        account.while_ours(lambda: self.reports.write(page, language=language))

    def is_written(self, run: Run) -> bool:
        """Whether the run has its report; one that is there is whole."""
        return self.reports.is_written(run.identity)

    def _card(self, account: RunAccount, entry: Mapping[str, JsonValue]) -> ReportCard:
        name = str(entry["name"])
        arrays: Arrays = account.read(name) if name in account.artifacts else {}
        return ReportCard(entry=entry, schema=self.components[name].schema, arrays=arrays)

    def _key_frames(self, account: RunAccount) -> Mapping[int, bytes]:
        """Pictures of the key frames by their places on the timeline.

        None once the run's frames have left the worker's disk.
        """
        run_id = account.run.id
        if KEY_FRAMES not in account.artifacts or self.segments.load(run_id) is None:
            return {}
        indices = tuple(int(i) for i in account.read(KEY_FRAMES)["frame_indices"])
        if not set(indices) <= set(self.segments.union(run_id).indices):
            # They were chosen in another run, whose frames these are not.
            return {}
        return dict(zip(indices, self.analyst.jpegs(run_id, indices), strict=True))


def _table(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("the manifest is not what this version writes")
    return value


def _rows(value: JsonValue) -> list[Mapping[str, JsonValue]]:
    if not isinstance(value, list):
        raise TypeError("the manifest is not what this version writes")
    return [_table(row) for row in value]
