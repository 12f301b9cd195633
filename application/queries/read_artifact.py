"""One artifact of a run, verified, with the schema it was written under."""

from collections.abc import Callable
from dataclasses import dataclass

from application.artifact_format import decode
from application.ports.artifacts import Artifacts
from application.ports.components import Arrays, Components
from application.ports.unit_of_work import UnitOfWork
from domain.canonical import JsonValue
from domain.errors import ArtifactNotFound
from domain.identity import RunId
from domain.ledger import UserId
from domain.run import ComponentRun
from domain.schema import ArtifactSchema


@dataclass(frozen=True, slots=True)
class ReadableArtifact:
    """What a person asked to see of one component."""

    ended: ComponentRun
    schema: ArtifactSchema
    arrays: Arrays
    meta: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class ReadArtifact:
    """Reads a finished component's artifact; `ArtifactNotFound` where it left none."""

    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    components: Components

    def __call__(
        self, run_id: RunId, component: str, *, user_id: UserId | None = None
    ) -> ReadableArtifact:
        """Of a user's own run; without `user_id` of any, for whoever has the disk before them.

        Raises RunNotFound, ArtifactNotFound.
        """
        with self.unit_of_work() as work:
            run = work.runs.get(run_id) if user_id is None else work.history.of(user_id, run_id)
            artifact = work.runs.artifacts(run_id).get(component)
        ended = run.components.get(component)
        if ended is None:
            raise ArtifactNotFound(f"the run has no {component}", component=component)
        schema = self.components[component].schema
        if artifact is None:
            meta: dict[str, JsonValue] = {**run.identity.as_dict(), "status": str(ended.status)}
            meta["empty_reason"] = str(ended.empty_reason) if ended.empty_reason else None
            return ReadableArtifact(ended, schema, {}, meta)
        arrays, meta = decode(self.store.read(artifact))
        return ReadableArtifact(ended, schema, arrays, meta)
