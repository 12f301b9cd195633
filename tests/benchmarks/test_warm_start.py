"""What a worker's first run costs beyond its second: libraries and models are loaded once.

`make bench PYTEST_ARGS="-k warm"`: a real clip under `standard`, twice anew, in one worker with its
child, and every model loaded into memory by itself.
"""

import time
from pathlib import Path

import psutil
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.manifest import models_of, read_manifest, versions
from adapters.onnx.inference import OnnxInference
from domain.run import Run, RunStatus
from domain.video import Metadata
from tests.benchmarks.timed_runs import carried_out, installation
from tests.benchmarks.whole_runs import DESCRIPTION, TITLE
from tests.components.served import needing
from tests.outside import MODELS

pytestmark = [pytest.mark.bench, pytest.mark.requires("ffmpeg", "shared_media")]

START_MAX_S = 5.0
"""What a component may take to start where its worker is warm: 20 to 45 s were seen elsewhere."""
OFF = {entry.name for entry in read_manifest() if not entry.is_enabled}


def test_a_warm_worker_loads_nothing_again(shared_media: Path, tmp_path: Path) -> None:
    container = installation(tmp_path / "data")
    profile = container.profiles().named("standard")
    names = profile.component_names
    needing(*{model for name in names for model in ShippedComponents()[name].spec.models} - OFF)
    clip = shared_media / "real" / "talk_en_hill.mp4"
    told = Metadata(title=TITLE, description=DESCRIPTION, language="en")
    analyst = container.analyst()
    runs, walls_s = [], []
    try:
        for _ in range(3):
            began_s = time.perf_counter()
            runs.append(carried_out(container, clip, metadata=told, profile=profile))
            walls_s.append(time.perf_counter() - began_s)
    finally:
        analyst.close()
        container.engine().dispose()
    assert all(run.status is RunStatus.OK for run in runs)
    first, _, third = (_seconds(run) for run in runs)
    starts = {name: first[name] - third[name] for name in first}
    slowest = max(starts, key=lambda name: starts[name])
    print(f"\nruns one after another: {', '.join(f'{wall_s:.1f} s' for wall_s in walls_s)}")
    print(f"components: {sum(first.values()):.1f} s, warm {sum(third.values()):.1f} s")
    print(f"slowest start {slowest}: {starts[slowest]:.2f} s")
    assert starts[slowest] <= START_MAX_S


def test_what_loading_each_warm_model_takes() -> None:
    """Seconds to load, and memory that stays."""
    names = [name for name in models_of("onnx") if name not in OFF]
    needing(*names)
    here, process = OnnxInference(MODELS, versions()), psutil.Process()
    for name in names:
        before, began_s = process.memory_info().rss, time.perf_counter()
        here.model(name)
        took_s = time.perf_counter() - began_s
        print(f"{name:20} {took_s:.2f} s, {(process.memory_info().rss - before) / 2**20:.0f} MiB")
    assert set(here.loaded) <= set(names)


def _seconds(run: Run) -> dict[str, float]:
    return {name: ended.duration_ms / 1000 for name, ended in run.components.items()}
