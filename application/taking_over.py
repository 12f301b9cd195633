"""Taking results over: components of a run ended by what an earlier run measured (R-509)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from application.account import RunAccount
from application.artifact_format import decode
from application.errors import ArtifactCorrupt
from application.ports.analyst import Measured
from application.ports.artifacts import Artifacts
from application.ports.clock import Clock
from application.ports.components import Arrays
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.reusing import Reusing
from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.component import ComponentStatus
from domain.errors import ArtifactNotFound, RunNotFound
from domain.estimate import Estimate
from domain.kept_result import KeptResult
from domain.manifest import Preprocessing
from domain.provenance import Provenance
from domain.run import ComponentRun, Run
from domain.served_model import ServedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """Carries out what the run's estimate says of results that are there.

    Each is written anew under the run's own identity, bit for bit as it was measured. One that is
    gone, damaged, of another release or of another file is not taken: it is measured, and an
    overrun is ours.
    """

    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    catalogue: Catalogue
    clock: Clock
    reusing: Reusing
    retrying: Retrying

    def everything(self, account: RunAccount) -> None:
        """Ends the whole run, so that its video is not even fetched; or ends nothing."""
        planned = self._planned(account.run)
        if not account.run.profile.component_names <= planned.keys():
            return
        found = self._found(account.run.pending, planned)
        if found is None:
            return
        self._end(account, planned, found)
        newest = max(planned.values(), key=lambda result: result.measured_at)
        done = self._preprocessing(newest)
        if done is not None:
            account.segmented(done)

    def of_file(self, account: RunAccount, content: str) -> None:
        """Ends the components whose results were measured from this very file."""
        run = account.run
        others = [
            name
            for name, ended in run.components.items()
            if ended.provenance is not None
            and ended.is_reused
            and ended.provenance.content != content
        ]
        account.forget(others)
        planned = self._planned(run)
        fitting = {name: one for name, one in planned.items() if one.content == content}
        for spec in self.catalogue.in_order(fitting.keys() & run.pending):
            before = {*spec.needs, *spec.uses} & run.profile.component_names
            if before <= run.components.keys():
                found = self._found([spec.name], fitting)
                if found is not None:
                    self._end(account, fitting, found)

    def _planned(self, run: Run) -> dict[str, KeptResult]:
        estimate_id = run.estimate_id
        if estimate_id is None:
            return {}

        def read() -> Estimate:
            with self.unit_of_work() as work:
                return work.estimates.get(estimate_id, user_id=run.user_id)

        return self.reusing.still(run, self.retrying(read).reused)

    def _found(
        self, names: Collection[str], planned: Mapping[str, KeptResult]
    ) -> dict[str, tuple[ComponentRun, Measured]] | None:
        """How each of them ended and what it measured, read whole; None when one is lost."""
        found: dict[str, tuple[ComponentRun, Measured]] = {}
        for name in names:
            read = self.retrying(partial(self._read, planned[name]))
            if read is None:
                return None
            found[name] = read
        return found

    def _read(self, result: KeptResult) -> tuple[ComponentRun, Measured] | None:
        with self.unit_of_work() as work:
            try:
                ended = work.runs.get(result.run_id).components.get(result.component)
            except RunNotFound:
                return None
            artifact = work.runs.artifacts(result.run_id).get(result.component)
        if ended is None or not _is_still(ended, result):
            return None
        if ended.status is not ComponentStatus.OK:
            return ended, Measured(status=ended.status, empty_reason=ended.empty_reason)
        if artifact is None:
            return None
        try:
            arrays, meta = decode(self.store.read(artifact))
        except (ArtifactCorrupt, ArtifactNotFound):
            return None
        return ended, _measured(arrays, meta)

    def _end(
        self,
        account: RunAccount,
        planned: Mapping[str, KeptResult],
        found: Mapping[str, tuple[ComponentRun, Measured]],
    ) -> None:
        for spec in self.catalogue.in_order(found.keys()):
            (earlier, measured), result = found[spec.name], planned[spec.name]
            now = self.clock.now()
            ended = ComponentRun(
                name=spec.name,
                status=earlier.status,
                started_at=now,
                finished_at=now,
                units=earlier.units,
                empty_reason=earlier.empty_reason,
                notes=earlier.notes,
                provenance=Provenance(
                    key=result.key,
                    content=result.content,
                    measured_at=result.measured_at,
                    is_reused=True,
                    # Whose it was otherwise is nobody's business.
                    reused_from=result.run_id if result.is_own else None,
                ),
            )
            account.end_component(spec, ended, measured)

    def _preprocessing(self, result: KeptResult) -> Preprocessing | None:
        """What was done to the video there; here it took no time."""

        def read() -> Preprocessing | None:
            with self.unit_of_work() as work:
                return work.runs.preprocessing(result.run_id)

        done = self.retrying(read)
        if done is None:
            return None
        return Preprocessing(
            source=done.source,
            operations=done.operations,
            warnings=done.warnings,
            timeline=done.timeline,
            confinement=done.confinement,
            content_sha256=done.content_sha256,
        )


def _is_still(ended: ComponentRun, result: KeptResult) -> bool:
    """Whether it is what was promised: a run that is at work may have measured it anew since."""
    known = ended.provenance
    return known is not None and (known.key, known.content) == (result.key, result.content)


def models_told(meta: Mapping[str, JsonValue]) -> tuple[ServedModel, ...]:
    """The models that an artifact's meta names; raises TypeError for no meta of this version."""
    match meta:
        case {"models_used": [*entries]}:
            return tuple(_model(entry) for entry in entries)
    raise TypeError("the meta is not what this version writes")


def _measured(arrays: Arrays, meta: Mapping[str, JsonValue]) -> Measured:
    return Measured(status=ComponentStatus.OK, arrays=arrays, models=models_told(meta))


def _model(told: JsonValue) -> ServedModel:
    match told:
        case {
            "name": str(name),
            "version": str(version),
            "weights_sha256": str(weights),
            "engine": str(engine),
            "precision": str(precision),
            "device": str(device),
        }:
            return ServedModel(
                name=name,
                version=version,
                weights_sha256=weights,
                engine=engine,
                precision=precision,
                device=device,
            )
    raise TypeError("the meta is not what this version writes")
