"""One component of a run: from prepared inputs to a checked result."""

import time
from dataclasses import dataclass, replace

from application.artifact_validation import constant_suspect, validate
from application.declared_models import DeclaredModels
from application.errors import InvalidMeasurement
from application.input_variation import varies
from application.ports.analyst import Measured
from application.ports.components import Component, Components
from application.ports.inference import Inference
from application.ports.memory_meter import MemoryMeter
from application.ports.orders import MeasureOrder
from application.ports.segments import Segmentation, Segments
from application.segmenting import failure_of
from domain.batch import HALVINGS_MAX
from domain.component import ComponentStatus, Cost, EmptyReason
from domain.run import Failure
from domain.video import shown
from domain.video_size import characters

BLOCK_S = 30.0


@dataclass(frozen=True, slots=True)
class MeasureComponent:
    """Measures one component; whatever happens inside it becomes the component's own status.

    Out of memory, the block of sound and the calls of models halve and the component is tried
    again, at most twice (R-508), fewer times where the order begins with halves. What it returns
    must pass its schema and the validity gate.
    """

    segments: Segments
    components: Components
    memory: MemoryMeter
    inference: Inference

    def __call__(self, order: MeasureOrder) -> Measured:
        component = self.components[order.component]
        segmentation = self.segments.load(order.run_id)
        if segmentation is None:
            raise RuntimeError("measure was ordered before segment was done")
        if component.spec.needs_sound and not segmentation.timeline.has_sound:
            return Measured(status=ComponentStatus.EMPTY, empty_reason=EmptyReason.AUDIO_MISSING)
        if failure := segmentation.watcher_failures.get(order.component):
            return Measured(status=ComponentStatus.ERROR, failure=failure)
        self.memory.begin()
        began = time.perf_counter()
        found = self._with_less_memory(order, component)
        everything = _all_units(order, component, segmentation)
        return replace(
            found,
            duration_ms=round(1000 * (time.perf_counter() - began)),
            peak_memory_mib=self.memory.peak_mib(),
            units=everything if found.units is None else found.units,
        )

    def _with_less_memory(self, order: MeasureOrder, component: Component) -> Measured:
        for halvings in range(order.halvings, HALVINGS_MAX + 1):
            try:
                return self._checked(order, component, halvings)
            except MemoryError:
                continue
            except InvalidMeasurement as refused:
                where = f"{order.component}.{refused.array}" if refused.array else order.component
                failure = Failure(refused.code, str(refused), where=where)
                return Measured(status=ComponentStatus.ERROR, failure=failure)
            except Exception as error:  # noqa: BLE001 - a component's bug is its own error
                failure = failure_of(error, where=f"{order.component}.measure")
                return Measured(status=ComponentStatus.ERROR, failure=failure)
        where = f"{order.component}.measure"
        failure = Failure("out_of_memory", f"{order.component} needs more memory", where=where)
        return Measured(
            status=ComponentStatus.ERROR, failure=failure, notes=("requires_more_resources",)
        )

    def _checked(self, order: MeasureOrder, component: Component, halvings: int) -> Measured:
        block_s = BLOCK_S / 2**halvings
        inputs = self.segments.inputs(order, component.spec, block_s=block_s)
        # What a component does not say it reads it cannot read: its reuse key goes by that.
        seen = shown(inputs.metadata, component.spec.reads_metadata)
        inputs = replace(inputs, metadata=seen)
        models = DeclaredModels(component.spec, self.inference, halvings)
        if component.spec.models:
            inputs = replace(inputs, inference=models)
        found = component.measure(inputs)
        if found.empty_reason is not None:
            return Measured(
                status=ComponentStatus.EMPTY, empty_reason=found.empty_reason, notes=found.notes
            )
        validate(found.arrays, component.schema)
        constant_suspect(found.arrays, component.schema, input_varies=varies(inputs))
        return Measured(
            status=ComponentStatus.OK,
            arrays=found.arrays,
            notes=found.notes,
            units=found.units,
            models=models.asked,
        )


def _all_units(order: MeasureOrder, component: Component, segmentation: Segmentation) -> float:
    """What a component processes when it processes all it was given, in the unit of its cost."""
    name = component.spec.name
    match component.spec.cost:
        case Cost.CHARACTERS:
            return float(characters(order.metadata))
        case Cost.FRAMES:
            chosen = segmentation.plan.frames.get(name) or segmentation.plan.detail.get(name)
            return float(len(chosen) if chosen else segmentation.timeline.frame_count)
        case Cost.SOUND_SECONDS | Cost.VIDEO_SECONDS:
            return segmentation.timeline.duration_s
