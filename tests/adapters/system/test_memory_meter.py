"""The peak of a piece of work is its own, and not that of what was done before."""

from pathlib import Path

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.folder.workspaces import FolderWorkspaces
from adapters.memory.inference import MemoryInference
from adapters.preparation.segments import FolderSegments
from adapters.system.memory_meter import ProcMemoryMeter
from application.ports.components import Inputs, Measurement
from application.ports.orders import MeasureOrder
from application.use_cases.measure_component import MeasureComponent
from domain.component import ComponentStatus
from domain.video import Metadata
from tests.features.made_components import made_component
from tests.preparation.test_segments import RUN, committed

TAKEN_MIB = 200


def takes_much(inputs: Inputs) -> Measurement:
    del inputs
    taken = np.ones(TAKEN_MIB << 17)
    return Measurement({"value": np.array(taken[-1])})


def takes_nothing(inputs: Inputs) -> Measurement:
    del inputs
    return Measurement({"value": np.array(1.0)})


COMPONENTS = ShippedComponents(
    (made_component("much", takes_much), made_component("nothing", takes_nothing))
)


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="needs Linux")
def test_a_component_is_not_charged_with_the_memory_of_the_one_before(tmp_path: Path) -> None:
    """200 MiB and nothing, one after the other in one process."""
    segments = FolderSegments(FolderWorkspaces(tmp_path).folder)
    committed(segments)
    measure = MeasureComponent(segments, COMPONENTS, ProcMemoryMeter(), MemoryInference())
    much, nothing, again = (peak_mib(measure, name) for name in ("much", "nothing", "much"))
    assert nothing > 0
    assert much - nothing == pytest.approx(TAKEN_MIB, abs=20)
    assert again - nothing == pytest.approx(TAKEN_MIB, abs=20)


def peak_mib(measure: MeasureComponent, component: str) -> int:
    order = MeasureOrder(
        run_id=RUN, component=component, parameters={}, metadata=Metadata(), timeout_s=1.0
    )
    found = measure(order)
    assert found.status is ComponentStatus.OK
    return found.peak_memory_mib


@pytest.mark.parametrize("files", [(), ("status",), ("clear_refs",)])
def test_where_the_system_tells_no_peak_none_is_made_up(
    files: tuple[str, ...], tmp_path: Path
) -> None:
    for name in files:
        (tmp_path / name).write_text("Name: python\n")
    if "clear_refs" in files:
        (tmp_path / "status").write_text("Name: python\n")
    meter = ProcMemoryMeter(tmp_path)
    meter.begin()
    assert meter.peak_mib() == 0


def test_nothing_is_known_before_the_beginning() -> None:
    assert ProcMemoryMeter().peak_mib() == 0
