"""Whole runs whose models a real Triton serves: they end like those in process (R-304, R-507)."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.manifest import versions
from adapters.triton.client import TritonClients
from application.artifact_format import decode
from entrypoints.inference import URL
from tests.components.served import needing
from tests.e2e.conftest import write_profile
from tests.e2e.corpus import TITLE
from tests.e2e.kills import manifest_of
from tests.e2e.program import Around, Ended, Program
from tests.outside import MODELS, SHARED, require
from tests.servers.triton import PrivateTriton, private_triton

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "shared_media"),
]
CLIP = "static_image_jfk.mp4"
"""Somebody speaks English over a portrait."""
SLOW_MODEL = "transnet_v2"
"""One call of it takes seconds: a server that ends has not answered all."""
TOLERANCE = 1e-3
"""Absolute and relative, of what components make of answers that are equal to 1e-5."""
STARTS_WITHIN_S = 120.0


def _arguments(clip: Path, profile: Path) -> list[str]:
    choice = ["--title", TITLE, "--profile", str(profile), "--format", "json"]
    return ["analyze", *choice, "--", str(clip)]


def _results(data_dir: Path) -> dict[str, Any]:
    """By component: how it ended, its arrays, and the models that its artifact names."""
    found = {}
    for one in manifest_of(data_dir)["components"]:
        arrays: dict[str, Any] = {}
        models: dict[str, Any] = {}
        for file in data_dir.glob(f"result_store/upload/*/*/{one['name']}/{one['name']}.npz"):
            arrays, told = decode(file.read_bytes())
            meta: Any = told
            models = {model["name"]: model for model in meta["models_used"]}
        found[one["name"]] = (one["status"], one["empty_reason"], arrays, models)
    return found


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of everything that asks a model which is built here, and what it stands on."""
    catalogue = ShippedComponents().catalogue
    names = [name for name in catalogue.names if catalogue[name].models and name != "objects"]
    needing(*{model for name in names for model in catalogue[name].models})
    closure = catalogue.closure(names)
    profile = tmp_path_factory.mktemp("profiles") / "asking.toml"
    return write_profile(profile, *(name for name in catalogue.names if name in closure))


@pytest.mark.timeout(1500)
def test_every_component_finds_what_it_finds_in_process(
    program: Program, built_triton: PrivateTriton, asking: Path, tmp_path: Path
) -> None:
    clip, found = SHARED / "media" / "real" / CLIP, []
    for place, environment in (("here", dict[str, str]()), ("there", {URL: built_triton.url})):
        data_dir = tmp_path / place
        ended = program.run(
            *_arguments(clip, asking), data_dir=data_dir, limit_s=700, environment=environment
        )
        assert ended.exit_code == 0, ended.err
        found.append(_results(data_dir))
    here, there = found
    assert here.keys() == there.keys()
    odd = {name: _difference(here[name], there[name]) for name in here}
    assert {name: words for name, words in odd.items() if words} == {}
    engines = {model["engine"] for *_, models in there.values() for model in models.values()}
    assert any(engine.startswith("triton ") for engine in engines)
    assert not any(engine.startswith("onnxruntime") for engine in engines)


def _difference(ours: Any, theirs: Any) -> str:
    if ours[:2] != theirs[:2]:
        return f"{ours[:2]} here, {theirs[:2]} there"
    if ours[2].keys() != theirs[2].keys() or ours[3].keys() != theirs[3].keys():
        return "other arrays or models"
    for key, value in ours[2].items():
        other = theirs[2][key]
        if value.dtype.kind == "f":
            is_same = value.shape == other.shape and np.allclose(
                value, other, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True
            )
        else:
            is_same = np.array_equal(value, other)
        if not is_same:
            return f"{key}: {value!r} here, {other!r} there"
    return ""


@pytest.fixture
def small_triton(tmp_path: Path) -> Iterator[PrivateTriton]:
    """Yield a server of the slow model alone, which is soon back."""
    needing(SLOW_MODEL)
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / SLOW_MODEL).symlink_to(MODELS.absolute() / SLOW_MODEL)
    with private_triton(require("triton"), repository) as server:
        yield server


def _computed(server: PrivateTriton) -> int:
    statistics = TritonClients(server.address).client().get_inference_statistics
    return int(statistics(SLOW_MODEL, versions()[SLOW_MODEL]).model_stats[0].execution_count)


def test_a_run_outlives_a_server_that_starts_anew_while_it_works(
    program: Program, small_triton: PrivateTriton, tmp_path: Path
) -> None:
    """R-507: the call that was under way and those that find nobody are made again."""
    profile = write_profile(tmp_path / "cuts.toml", "shots_neural")
    clip = SHARED / "media" / "real" / "fades_dissolves.mp4"
    place = Around(data_dir=tmp_path / "data", environment={URL: small_triton.url})
    running = program.start(_arguments(clip, profile), place)
    deadline_s = time.monotonic() + STARTS_WITHIN_S
    while _computed(small_triton) == 0:
        assert time.monotonic() < deadline_s, running.err.read_text()
        time.sleep(0.02)
    small_triton.stop()
    small_triton.start()
    ended: Ended = running.wait()
    assert ended.exit_code == 0, ended.err
    assert ended.answer["components"]["shots_neural"] == "ok"
    assert _computed(small_triton) > 0
