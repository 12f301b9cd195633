"""Models of another engine are found in the version that is known, where they were laid out."""

import json
from pathlib import Path

import pytest

from adapters.model_repository.placed import BUILT, FolderPlacedModels
from application.ports.inference import ModelNotFound

WEIGHTS_SHA256 = "cd" * 32


def _laid_out(folder: Path, *, version: str) -> Path:
    place = folder.with_name(f"{folder.name}-whispering") / "listener" / version
    place.mkdir(parents=True)
    told = {"weights_sha256": WEIGHTS_SHA256, "batch_max": 4, "languages": ["en", "ru"]}
    (place / BUILT).write_text(json.dumps(told))
    return place


def test_a_model_tells_what_was_told_when_it_was_laid_out(tmp_path: Path) -> None:
    """R-304."""
    place = _laid_out(tmp_path / "models", version="2")
    found = FolderPlacedModels(tmp_path / "models", "whispering", {"listener": "2"})
    served = found.find("listener").served(engine="whispering 1.0", precision="int8")
    assert found.find("listener").folder == place
    assert (served.version, served.weights_sha256) == ("2", WEIGHTS_SHA256)
    assert (served.batch_max, served.languages) == (4, ("en", "ru"))
    assert (served.engine, served.precision) == ("whispering 1.0", "int8")


@pytest.mark.parametrize(
    ("engine", "versions"),
    [
        pytest.param("whispering", {"listener": "1"}, id="another version"),
        pytest.param("whispering", {}, id="nobody knows it"),
        pytest.param("reading", {"listener": "2"}, id="another engine's"),
    ],
)
def test_a_model_that_is_not_built_is_not_found(
    tmp_path: Path, engine: str, versions: dict[str, str]
) -> None:
    """R-205: by name, and with what to do."""
    _laid_out(tmp_path / "models", version="2")
    with pytest.raises(ModelNotFound, match="trendflow models build listener"):
        FolderPlacedModels(tmp_path / "models", engine, versions).find("listener")


def test_a_folder_that_was_left_half_is_not_found(tmp_path: Path) -> None:
    """What tells of a model is there last, with all the rest."""
    (_laid_out(tmp_path / "models", version="2") / BUILT).unlink()
    with pytest.raises(ModelNotFound):
        FolderPlacedModels(tmp_path / "models", "whispering", {"listener": "2"}).find("listener")
