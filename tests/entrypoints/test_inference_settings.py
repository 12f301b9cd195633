"""Who serves models, by the settings: what cannot be is refused by name."""

from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.clock import FixedClock
from adapters.model_repository.layout import write
from adapters.model_repository.manifest import read_manifest
from application.ports.inference import ModelNotFound
from application.queueing import Queueing
from domain.catalogue import Catalogue
from domain.identity import RunId, dataprocessor_version
from domain.ledger import LOCAL_USER
from domain.profile import ComponentChoice, Profile
from domain.reuse_key import Equipment, reuse_key
from domain.run import Run
from domain.served_model import ServedModel
from domain.video import Metadata, Video
from entrypoints.container import Container
from entrypoints.inference import LateInference
from entrypoints.settings import InvalidSetting, Settings
from tests.builders import FILE, NOON
from tests.onnx_models import WEIGHTS_SHA256, described, doubling

URL, FOLDER = "TRENDFLOW_INFERENCE_URL", "TRENDFLOW_MODELS_DIR"


def test_without_a_server_all_data_directories_share_the_models(tmp_path: Path) -> None:
    """What `make setup` has built is found by whoever names a data directory of their own."""
    usual, elsewhere = Settings.read({}), Settings.read({}, data_dir=tmp_path)
    assert usual.serving.kind == elsewhere.serving.kind == "onnx"
    assert usual.models_dir == usual.data_dir / "models" == elsewhere.models_dir


def test_another_folder_of_models_may_be_named(tmp_path: Path) -> None:
    assert Settings.read({FOLDER: str(tmp_path)}).models_dir == tmp_path


@pytest.mark.parametrize(
    ("url", "address", "is_secure"),
    [
        ("grpc://127.0.0.1:8001", "127.0.0.1:8001", False),
        ("grpcs://triton.example:443/", "triton.example:443", True),
        ("grpc://[::1]:8001", "[::1]:8001", False),
    ],
)
def test_a_server_is_read(url: str, address: str, *, is_secure: bool) -> None:
    found = Settings.read({URL: url}).serving
    assert (found.kind, found.address, found.is_secure) == ("triton", address, is_secure)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000",
        "grpc://127.0.0.1",
        "grpc://:8001",
        "grpc://host:0",
        "grpc://host:word",
        "grpc://name:word@host:8001",
        "grpc://host:8001/path",
        "grpc://host:8001?x=1",
        "127.0.0.1:8001",
    ],
)
def test_what_is_no_address_of_a_server_is_refused_by_name(url: str) -> None:
    with pytest.raises(InvalidSetting, match=URL):
        Settings.read({URL: url})


def test_health_asks_for_the_server_of_models_only_where_one_is_named(tmp_path: Path) -> None:
    def parts(**environment: str) -> set[str]:
        settings = Settings.read(environment, data_dir=tmp_path)
        return set(Container(settings=settings).health().checks)

    assert "inference" not in parts()
    assert "inference" in parts(**{URL: "grpc://127.0.0.1:8001"})


def test_results_are_told_apart_by_the_weights_and_the_version_that_gave_them(
    tmp_path: Path,
) -> None:
    """R-509: without them no result of a model would ever be taken over."""
    equipment = Container(settings=Settings.read({}, data_dir=tmp_path)).equipment()
    (entry,) = (each for each in read_manifest() if each.name == "blazeface")
    told = equipment.weights_sha256["blazeface"]
    assert entry.weights_sha256 in told
    assert told.endswith(f":{entry.version}")


def test_a_raised_version_of_a_model_leaves_no_earlier_result_in_use(tmp_path: Path) -> None:
    """R-509, R-906: neither the run of the same video, nor what asks the model; the rest is."""
    container = Container(settings=Settings.read({}, data_dir=tmp_path))
    catalogue = container.catalogue()
    weights, known = dict(container.weights()), container.weights()
    weights["blazeface"] = f"{weights['blazeface'].rpartition(':')[0]}:99"
    built, rebuilt = (Equipment(decoder_build="made", weights_sha256=w) for w in (known, weights))
    raised = catalogue.with_models(weights)
    asking = {"faces", "loudness"} | catalogue.closure(["faces"])
    profile = Profile("mine", "1", tuple(ComponentChoice(name) for name in sorted(asking)))
    video = Video(source=FILE, duration_s=60.0, metadata=Metadata(title="A talk"))

    def run(of: Catalogue) -> Run:
        queueing = Queueing(of, FixedClock(NOON))
        return queueing(RunId(uuid4()), video, profile.resolved(of), user_id=LOCAL_USER)

    def key(name: str, of: Catalogue, equipment: Equipment) -> str | None:
        return reuse_key(of[name], run(of), equipment, taken={})

    versions = [run(of).identity.dataprocessor_version for of in (catalogue, raised)]
    assert versions == [dataprocessor_version(told) for told in (known, weights)]
    assert versions[0] != versions[1]
    assert key("faces", catalogue, built) != key("faces", raised, rebuilt)
    assert key("loudness", catalogue, built) == key("loudness", raised, rebuilt) is not None


def test_other_weights_than_those_of_the_manifest_answer_nobody(tmp_path: Path) -> None:
    """R-304, R-205: a folder that another release had built, or a server over it."""
    sha256 = Container(settings=Settings.read({})).weights()["blazeface"]
    assert WEIGHTS_SHA256 not in sha256
    write(tmp_path, described("blazeface", version=sha256.rpartition(":")[2]), doubling())
    settings = Settings.read({FOLDER: str(tmp_path)}, data_dir=tmp_path / "data")
    with pytest.raises(ModelNotFound, match="other weights"):
        Container(settings=settings).inference().model("blazeface")


def test_nothing_is_loaded_before_a_model_is_asked_for() -> None:
    """A run without such components does not spend the time and the memory."""
    made: list[object] = []

    class Nobody:
        def model(self, name: str) -> ServedModel:
            raise ModelNotFound(name)

        def infer(self, name: str, inputs: object) -> dict[str, object]:
            del inputs
            raise ModelNotFound(name)

    def make() -> Nobody:
        made.append(1)
        return Nobody()

    late = LateInference(make)
    assert not made
    for _ in range(2):
        with pytest.raises(ModelNotFound):
            late.infer("faces", {})
        with pytest.raises(ModelNotFound):
            late.model("faces")
    assert len(made) == 1


def test_a_missing_model_says_what_to_run(tmp_path: Path) -> None:
    settings = Settings.read({FOLDER: str(tmp_path / "models")}, data_dir=tmp_path)
    inference = Container(settings=settings).inference()
    with pytest.raises(ModelNotFound, match="trendflow models build blazeface"):
        inference.model("blazeface")
