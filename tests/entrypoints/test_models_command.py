"""`trendflow models`, and what `doctor` says of models; nothing is asked of a registry."""

import json
from pathlib import Path

import pytest
import yaml

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.layout import Described, write
from adapters.model_repository.manifest import read_manifest, versions
from entrypoints.cli import run
from entrypoints.models_page import models_page
from tests.onnx_models import doubling

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of models, with one that passes for what the manifest asks."""
    place = tmp_path / "models"
    monkeypatch.setenv("TRENDFLOW_MODELS_DIR", str(place))
    monkeypatch.setenv("TRENDFLOW_DATA_DIR", str(tmp_path))
    (emotion,) = (entry for entry in read_manifest() if entry.name == "emotion")
    described = Described(
        name="emotion", version=emotion.version, weights_sha256=emotion.weights_sha256
    )
    write(place, described, doubling())
    return place


def _listed(captured: Captured, *command: str) -> dict[str, str]:
    assert run(["models", *command, "--format", "json"]) == 0
    return {row["name"]: row["state"] for row in json.loads(captured.readouterr().out)}


def test_models_are_listed_with_their_states(capsys: Captured) -> None:
    states = _listed(capsys, "list")
    assert states["emotion"] == "ready"
    assert states["blazeface"] == "absent"
    assert states["centernet"] == "off"


def test_the_list_tells_what_a_component_has_to_know(capsys: Captured) -> None:
    assert run(["models", "list", "--format", "json"]) == 0
    (row,) = (r for r in json.loads(capsys.readouterr().out) if r["name"] == "emotion")
    assert row["inputs"][0]["shape"] == ["N", 64, 64, 1]
    assert row["batch_max"] > 1
    assert len(row["classes"]) == 7
    assert row["licence"] == "MIT"


@pytest.mark.parametrize(("lang", "words"), [("en", "not confirmed"), ("ru", "выключена")])
def test_people_read_the_licence_too(lang: str, words: str, capsys: Captured) -> None:
    assert run(["--lang", lang, "models", "list"]) == 0
    assert words in capsys.readouterr().out


def test_a_damaged_model_ends_verify_with_an_error(folder: Path, capsys: Captured) -> None:
    assert _listed(capsys, "verify", "emotion") == {"emotion": "ready"}
    file = folder / "emotion" / "1" / "model.onnx"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    assert run(["--lang", "en", "models", "verify", "emotion"]) == 1
    assert "damaged" in capsys.readouterr().out


@pytest.mark.parametrize("names", [(), ("blazeface",), ("centernet",), ("emotion", "blazeface")])
def test_a_model_that_is_not_there_ends_verify_with_an_error(
    names: tuple[str, ...], capsys: Captured
) -> None:
    """Whoever verifies wants to know that it can be asked, not that nothing is wrong with it."""
    assert run(["--lang", "en", "models", "verify", *names]) == 1
    assert "not built" in capsys.readouterr().out or names == ("centernet",)


def test_what_is_there_is_not_built_again(capsys: Captured) -> None:
    assert run(["--lang", "en", "models", "build", "emotion"]) == 0
    assert "0 models built" in capsys.readouterr().out


def test_a_model_of_unknown_licence_is_built_only_on_purpose(capsys: Captured) -> None:
    assert run(["--lang", "en", "models", "build", "centernet"]) == 64
    assert "--unconfirmed-licence" in capsys.readouterr().err


def test_an_unknown_model_is_wrong_usage(capsys: Captured) -> None:
    assert run(["--lang", "en", "models", "verify", "nobodys"]) == 64
    assert "nobodys" in capsys.readouterr().err


def test_the_doctor_tells_what_is_missing_and_does_not_fail_for_it(capsys: Captured) -> None:
    assert run(["doctor", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["models"]
    assert not told["ok"]
    wanted = [entry for entry in read_manifest() if entry.is_enabled]
    assert told["what"] == f"{len(wanted) - 1} models missing: run `trendflow models build`"


def test_with_triton_only_what_is_read_here_has_to_be_here(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Speech is recognised in this process even then."""
    monkeypatch.setenv("TRENDFLOW_INFERENCE_URL", "grpc://127.0.0.1:1")
    run(["doctor", "--format", "json"])
    told = json.loads(capsys.readouterr().out)["models"]
    here = [each for each in read_manifest() if each.is_enabled and each.engine != "onnx"]
    assert told["what"] == f"{len(here)} models missing: run `trendflow models build`"


def test_the_page_of_models_tells_of_each() -> None:
    page = models_page(read_manifest())
    for entry in read_manifest():
        assert f"## {entry.name}\n" in page
        assert entry.weakness in page


def test_the_map_names_the_models_of_each_component(capsys: Captured) -> None:
    """R-906: what specs and manifest say, as a file for whoever runs the servers."""
    assert run(["models", "map"]) == 0
    told = yaml.safe_load(capsys.readouterr().out)
    asking = {one.spec.name: one.spec.models for one in ShippedComponents() if one.spec.models}
    assert told == {
        name: {model: versions()[model] for model in models} for name, models in asking.items()
    }
    assert {"blazeface", "facemesh"} <= told["faces"].keys()


def test_a_map_that_says_something_else_is_told(tmp_path: Path, capsys: Captured) -> None:
    assert run(["models", "map"]) == 0
    asked = capsys.readouterr().out
    file = tmp_path / "triton_models.yaml"
    file.write_text(asked)
    assert run(["models", "map", "--check", str(file)]) == 0
    assert capsys.readouterr().out == ""
    file.write_text(asked.replace('  blazeface: "1"', '  blazeface: "0"'))
    assert run(["models", "map", "--check", str(file)]) == 1
    told = capsys.readouterr().out
    assert '-  blazeface: "0"' in told
    assert '+  blazeface: "1"' in told
