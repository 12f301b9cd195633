"""The account of one run: the only writer of its row, its artifacts and its manifest."""

from collections.abc import Callable
from dataclasses import dataclass

from application.artifact_format import decode, encode
from application.errors import AdapterError, ArtifactCorrupt
from application.ports.artifacts import Artifacts
from application.ports.clock import Clock
from application.ports.components import Arrays
from application.ports.unit_of_work import UnitOfWork
from domain.artifact import Artifact, artifact_path
from domain.canonical import JsonValue
from domain.catalogue import Catalogue
from domain.component import ComponentSpec, ComponentStatus
from domain.errors import ArtifactNotFound
from domain.lease import Lease
from domain.manifest import Preprocessing, manifest
from domain.run import ComponentRun, Run, Stage


@dataclass(slots=True)
class RunAccount:
    """What one worker writes about a run that it holds the lease of.

    A component's artifact is written first, then its row, then the manifest; whoever takes the run
    up again trusts the row, and what stands behind it is whole.
    """

    run: Run
    lease: Lease
    artifacts: dict[str, Artifact]
    preprocessing: Preprocessing | None
    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    catalogue: Catalogue
    clock: Clock

    def start(self) -> None:
        """Takes the run up, and forgets what a killed worker left torn."""
        self.store.sweep(self.run.identity)
        self.run.start(now=self.clock.now())
        self.save()
        self._forget_damaged()

    def enter(self, stage: Stage) -> None:
        self.run.enter(stage, now=self.clock.now())
        self.save()

    def segmented(self, done: Preprocessing) -> None:
        """Writes down what was done to the video before anything is measured."""
        self.preprocessing = done
        with self.unit_of_work() as work:
            work.runs.set_preprocessing(self.run.id, done, fence=self.lease.fence)
            work.commit()

    def end_component(self, spec: ComponentSpec, ended: ComponentRun, arrays: Arrays) -> None:
        """Stores how a component ended: its artifact (of `ok`), its row, the manifest."""
        with self.unit_of_work() as work:
            self._hold(work)
            artifact = self._written(spec, arrays) if ended.status is ComponentStatus.OK else None
            self.run.end_component(ended, now=self.clock.now())
            try:
                work.runs.save(self.run, fence=self.lease.fence)
                if artifact is not None:
                    work.runs.add_artifact(self.run.id, artifact, fence=self.lease.fence)
                work.commit()
            except AdapterError:
                # What was not kept has not happened: nothing may build on it.
                self.run.forget_component(spec.name)
                raise
        if artifact is not None:
            self.artifacts[spec.name] = artifact
        self.write_manifest()

    def read(self, component: str) -> Arrays:
        """The arrays of a finished component of this run, verified."""
        arrays, _ = decode(self.store.read(self.artifacts[component]))
        return arrays

    def save(self) -> None:
        with self.unit_of_work() as work:
            work.runs.save(self.run, fence=self.lease.fence)
            work.commit()

    def close(self) -> None:
        """Writes the terminal state: the manifest first, so that an ended run always has one."""
        with self.unit_of_work() as work:
            self._hold(work)
            self.store.write_manifest(self.run.identity, self.as_manifest())
            work.runs.save(self.run, fence=self.lease.fence)
            work.commit()

    def write_manifest(self) -> None:
        with self.unit_of_work() as work:
            self._hold(work)
            self.store.write_manifest(self.run.identity, self.as_manifest())
            work.commit()

    def as_manifest(self) -> dict[str, JsonValue]:
        return manifest(self.run, self.catalogue, self.artifacts, self.preprocessing)

    def _hold(self, work: UnitOfWork) -> None:
        """Keeps the run ours until `work` ends, so that a late worker never writes a file of it.

        The store knows no fence: what is written in its name is written under the run's lock.
        """
        work.leases.renew(self.lease, now=self.clock.now())

    def _written(self, spec: ComponentSpec, arrays: Arrays) -> Artifact:
        path = artifact_path(self.run.identity, spec.name)
        size_bytes, sha256 = self.store.write(path, encode(arrays, self._meta(spec)))
        return Artifact(
            spec.name, path, size_bytes, sha256, spec.schema_version, spec.producer_version
        )

    def _meta(self, spec: ComponentSpec) -> dict[str, JsonValue]:
        return {
            **self.run.identity.as_dict(),
            "producer": spec.name,
            "producer_version": spec.producer_version,
            "schema_version": spec.schema_version,
            "created_at": self.clock.now().isoformat(),
            "status": str(ComponentStatus.OK),
            "empty_reason": None,
            "models_used": [],
            "uses": [name for name in spec.uses if name in self.artifacts],
        }

    def _forget_damaged(self) -> None:
        """A result whose artifact no longer reads as written is computed again (hardening 72)."""
        damaged = [name for name in self.artifacts if not self._is_whole(name)]
        if not damaged:
            return
        with self.unit_of_work() as work:
            for name in damaged:
                work.runs.forget_component(self.run.id, name, fence=self.lease.fence)
                self.run.forget_component(name)
                del self.artifacts[name]
            work.commit()

    def _is_whole(self, component: str) -> bool:
        try:
            self.store.read(self.artifacts[component])
        except (ArtifactCorrupt, ArtifactNotFound):
            return False
        return True
