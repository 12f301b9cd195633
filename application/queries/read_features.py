"""What the forecast reads of a finished run, from its artifacts alone."""

from collections.abc import Callable
from dataclasses import dataclass

from application.artifact_format import decode
from application.feature_vector import FeatureVector, feature_vector
from application.ports.artifacts import Artifacts
from application.ports.unit_of_work import UnitOfWork
from domain.component import ComponentStatus
from domain.feature import FeatureSchema
from domain.identity import RunId


@dataclass(frozen=True, slots=True)
class ReadFeatures:
    """Reads a run's feature vector; a component that is not `ok` is missing from it."""

    unit_of_work: Callable[[], UnitOfWork]
    store: Artifacts
    schema: FeatureSchema

    def __call__(self, run_id: RunId) -> FeatureVector:
        """Raises RunNotFound, ArtifactNotFound."""
        with self.unit_of_work() as work:
            run = work.runs.get(run_id)
            artifacts = work.runs.artifacts(run_id)
        arrays = {
            name: decode(self.store.read(artifacts[name]))[0]
            for name, ended in run.components.items()
            if ended.status is ComponentStatus.OK and name in self.schema.components
        }
        return feature_vector(self.schema, arrays)
