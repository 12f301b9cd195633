"""The account of one run: the only writer of its row, its artifacts and its manifest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from application.artifact_format import decode, encode
from application.errors import ArtifactCorrupt
from application.ports.analyst import Measured
from application.ports.artifacts import Artifacts
from application.ports.clock import Clock
from application.ports.components import Arrays
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.settling import Settling
from application.timekeeping import timings
from domain.artifact import Artifact, artifact_path
from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.component import ComponentSpec, ComponentStatus
from domain.errors import ArtifactNotFound
from domain.kept_result import TAKEN_OVER
from domain.lease import Lease
from domain.manifest import Preprocessing, manifest, reuse_account
from domain.provenance import Provenance
from domain.reuse_key import Equipment, reuse_key
from domain.run import ComponentRun, Run, Stage


@dataclass(slots=True)
class RunAccount:
    """What one worker writes about a run that it holds the lease of.

    A component's artifact is written first, then its row, then the manifest; whoever takes the run
    up again trusts the row, and what stands behind it is whole. What the database or the store did
    not take is tried again, a unit of work as a whole and from its start (R-507).
    """

    run: Run
    lease: Lease
    artifacts: dict[str, Artifact]
    preprocessing: Preprocessing | None
    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    catalogue: Catalogue
    clock: Clock
    retrying: Retrying
    equipment: Callable[[], Equipment]

    def start(self) -> None:
        """Takes the run up, and forgets what a killed worker left torn."""
        self.retrying(lambda: self.store.sweep(self.run.identity))
        self.run.start(now=self.clock.now())
        self.save()
        self._forget_damaged()

    def enter(self, stage: Stage) -> None:
        self.run.enter(stage, now=self.clock.now())
        self.save()

    def segmented(self, done: Preprocessing) -> None:
        """Writes down what was done to the video before anything is measured."""
        self.preprocessing = done

        def write(work: UnitOfWork) -> None:
            work.runs.set_preprocessing(self.run.id, done, fence=self.lease.fence)

        self._keep(write)

    def end_component(self, spec: ComponentSpec, ended: ComponentRun, measured: Measured) -> None:
        """Stores how a component ended: its artifact (of `ok`), its row, the manifest."""
        ended = self._with_provenance(spec, ended)
        is_ok = ended.status is ComponentStatus.OK
        meta = self._meta(spec, ended, measured)
        content = encode(measured.arrays, meta) if is_ok else None
        written: list[Artifact] = []

        def write(work: UnitOfWork) -> None:
            written[:] = [] if content is None else [self._written(spec, content)]
            work.runs.save(self.run, fence=self.lease.fence)
            for artifact in written:
                work.runs.add_artifact(self.run.id, artifact, fence=self.lease.fence)

        self.run.end_component(ended, now=self.clock.now())
        try:
            self._keep(write)
        except BaseException:
            # What was not kept has not happened: nothing may build on it.
            self.run.forget_component(spec.name)
            raise
        self.artifacts.update({artifact.component: artifact for artifact in written})
        self.write_manifest()

    def forget(self, components: Sequence[str]) -> None:
        """Makes components pending again, with nothing left of what they had come to."""
        if not components:
            return

        def write(work: UnitOfWork) -> None:
            for name in components:
                work.runs.forget_component(self.run.id, name, fence=self.lease.fence)

        self._keep(write)
        for name in components:
            self.run.forget_component(name)
            self.artifacts.pop(name, None)

    def read(self, component: str) -> Arrays:
        """The arrays of a finished component of this run, verified."""
        artifact = self.artifacts[component]
        arrays, _ = decode(self.retrying(lambda: self.store.read(artifact)))
        return arrays

    def save(self) -> None:
        self._keep(lambda work: work.runs.save(self.run, fence=self.lease.fence))

    def close(self) -> None:
        """Writes the terminal state, what it took, and what it costs, in one transaction.

        The manifest goes first, so that an ended run always has one.
        """

        def write(work: UnitOfWork) -> None:
            self.store.write_manifest(self.run.identity, self.as_manifest())
            work.runs.save(self.run, fence=self.lease.fence)
            now = self.clock.now()
            work.timings.add(timings(self.run, self.preprocessing, at=now))
            Settling(self.run).settle(work, self.preprocessing, now=now)

        self._keep(write)

    def write_manifest(self) -> None:
        self._keep(lambda _: self.store.write_manifest(self.run.identity, self.as_manifest()))

    def while_ours(self, write: Callable[[], object]) -> None:
        """Writes a file of the run, once; LeaseLost, and nothing written, where another has it."""
        with self.unit_of_work() as work:
            self._hold(work)
            write()
            work.commit()

    def as_manifest(self) -> dict[str, JsonValue]:
        return manifest(self.run, self.catalogue, self.artifacts, self.preprocessing)

    def _keep(self, write: Callable[[UnitOfWork], object]) -> None:
        """One unit of work on the run while it is ours; tried again where the world fails.

        A commit may do its work and lose its answer. The run's events tell: where those of this
        unit are found behind what an earlier try had found, nothing is left to do.
        """
        new = tuple(self.run.events)
        found: list[int] = []

        def unit() -> None:
            with self.unit_of_work() as work:
                self._hold(work)
                stored = [event for _, event in work.runs.events(self.run.id)]
                found.append(len(stored))
                if new and set(new) <= set(stored[found[0] :]):
                    self.run.events.clear()
                    return
                self.run.events[:] = new
                write(work)
                work.commit()

        try:
            self.retrying(unit)
        except BaseException:
            self.run.events[:] = new
            raise

    def _hold(self, work: UnitOfWork) -> None:
        """Keeps the run ours until `work` ends, so that a late worker never writes a file of it.

        The store knows no fence: what is written in its name is written under the run's lock.
        """
        work.leases.renew(self.lease, now=self.clock.now())

    def _written(self, spec: ComponentSpec, content: bytes) -> Artifact:
        path = artifact_path(self.run.identity, spec.name)
        size_bytes, sha256 = self.store.write(path, content)
        return Artifact(
            spec.name, path, size_bytes, sha256, spec.schema_version, spec.producer_version
        )

    def _with_provenance(self, spec: ComponentSpec, ended: ComponentRun) -> ComponentRun:
        """The same with what other runs may find it by, where all that it follows from is known."""
        content = self.preprocessing.content_sha256 if self.preprocessing else ""
        if ended.provenance is not None or ended.status not in TAKEN_OVER or not content:
            return ended
        given = (*spec.needs, *spec.uses)
        before = [self.run.components[name] for name in given if name in self.artifacts]
        taken = {one.name: one.provenance.key for one in before if one.provenance is not None}
        key = reuse_key(spec, self.run, self.equipment(), taken=taken)
        if key is None or len(taken) < len(before):
            return ended
        measured_at = ended.finished_at or self.clock.now()
        known = Provenance(key=key, content=content, measured_at=measured_at)
        return replace(ended, provenance=known)

    def _meta(
        self, spec: ComponentSpec, ended: ComponentRun, measured: Measured
    ) -> dict[str, JsonValue]:
        return {
            **self.run.identity.as_dict(),
            "producer": spec.name,
            "producer_version": spec.producer_version,
            "schema_version": spec.schema_version,
            "created_at": self.clock.now().isoformat(),
            "status": str(ComponentStatus.OK),
            "empty_reason": None,
            "models_used": [dict(model.as_dict()) for model in measured.models],
            "uses": [name for name in spec.uses if name in self.artifacts],
            **reuse_account(ended.provenance),
        }

    def _forget_damaged(self) -> None:
        """A result whose artifact no longer reads as written is computed again (hardening 72)."""
        damaged = [name for name in self.artifacts if not self._is_whole(name)]
        self.forget(damaged)

    def _is_whole(self, component: str) -> bool:
        try:
            self.retrying(lambda: self.store.read(self.artifacts[component]))
        except (ArtifactCorrupt, ArtifactNotFound):
            return False
        return True
