"""A run as a file to take away: JSON, tables, the stored arrays, subtitles."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from application.artifact_format import decode
from application.errors import ResultsIncomplete
from application.exporting.measured import Measured
from application.exporting.plain_json import json_document
from application.exporting.subtitles import Word, subtitles, words_of
from application.exporting.tables import tables
from application.exporting.zipped import Member, zipped
from application.manifest_text import written
from application.ports.artifacts import Artifacts
from application.ports.components import Components
from application.ports.unit_of_work import UnitOfWork
from domain.artifact import Artifact
from domain.canonical import JsonValue
from domain.errors import NoWords, RunNotEnded, UnknownComponent
from domain.identity import RunId
from domain.ledger import UserId
from domain.run import Run
from domain.schema import ArtifactSchema


class ExportFormat(StrEnum):
    """What a run can be taken away as."""

    JSON = "json"
    CSV = "csv"
    NPZ = "npz"
    SRT = "srt"


MEDIA_TYPES: Mapping[ExportFormat, str] = {
    ExportFormat.JSON: "application/json",
    ExportFormat.CSV: "application/zip",
    ExportFormat.NPZ: "application/zip",
    ExportFormat.SRT: "application/x-subrip; charset=utf-8",
}
_ENDINGS = {
    ExportFormat.JSON: "json",
    ExportFormat.CSV: "csv.zip",
    ExportFormat.NPZ: "npz.zip",
    ExportFormat.SRT: "srt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A file that is made while it is read; no more than one artifact of it is in memory."""

    name: str
    media_type: str
    parts: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class ExportRun:
    """The file of a user's ended run. Every artifact is compared with its digest as it is read.

    Raises RunNotFound, RunNotEnded, NoWords; ResultsIncomplete where the manifest is gone. What is
    found damaged later breaks the file off (ArtifactCorrupt).
    """

    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    components: Components

    def check(self, user_id: UserId, run_id: RunId, form: ExportFormat) -> None:
        """Raises what the export itself would, before anybody is given a link to it."""
        run, artifacts = self._found(user_id, run_id)
        if form is ExportFormat.SRT:
            self._words(run, artifacts)

    def __call__(self, user_id: UserId, run_id: RunId, form: ExportFormat) -> Export:
        run, artifacts = self._found(user_id, run_id)
        return Export(
            name=f"trendflow-{run_id}.{_ENDINGS[form]}",
            media_type=MEDIA_TYPES[form],
            parts=self._parts(run, artifacts, form),
        )

    def _found(self, user_id: UserId, run_id: RunId) -> tuple[Run, Mapping[str, Artifact]]:
        with self.unit_of_work() as work:
            run = work.history.of(user_id, run_id)
            artifacts = work.runs.artifacts(run_id)
        if not run.is_terminal:
            raise RunNotEnded("the run has not ended")
        return run, dict(sorted(artifacts.items()))

    def _parts(
        self, run: Run, artifacts: Mapping[str, Artifact], form: ExportFormat
    ) -> Iterator[bytes]:
        match form:
            case ExportFormat.JSON:
                return json_document(self._manifest(run), self._measured(artifacts))
            case ExportFormat.CSV:
                return zipped(tables(self._measured(artifacts)), is_compressed=True)
            case ExportFormat.NPZ:
                files = self._files(self._manifest(run), artifacts)
                return zipped(files, is_compressed=False)
            case ExportFormat.SRT:
                return subtitles(self._words(run, artifacts))

    def _manifest(self, run: Run) -> dict[str, JsonValue]:
        manifest = self.store.read_manifest(run.identity)
        if manifest is None:
            raise ResultsIncomplete("its manifest is gone")
        return manifest

    def _measured(self, artifacts: Mapping[str, Artifact]) -> Iterator[Measured]:
        for name, artifact in artifacts.items():
            arrays, meta = decode(self.store.read(artifact))
            yield Measured(name, self._schema(artifact), arrays, meta)

    def _files(
        self, manifest: Mapping[str, JsonValue], artifacts: Mapping[str, Artifact]
    ) -> Iterator[Member]:
        yield "manifest.json", (written(manifest),)
        for name, artifact in artifacts.items():
            yield f"{name}.npz", (self.store.read(artifact),)

    def _words(self, run: Run, artifacts: Mapping[str, Artifact]) -> list[Word]:
        """All the words of the run, by whichever component has some."""
        for artifact in artifacts.values():
            arrays, _ = decode(self.store.read(artifact))
            words = words_of(arrays)
            if words:
                return list(words)
        raise NoWords("no component of the run has spoken words", run_id=str(run.id))

    def _schema(self, artifact: Artifact) -> ArtifactSchema | None:
        """None for an artifact of another version: what is known now may be wrong of it."""
        try:
            schema = self.components[artifact.component].schema
        except (KeyError, UnknownComponent):
            return None
        return schema if schema.version == artifact.schema_version else None
