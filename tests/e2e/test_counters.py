"""For the built-in profile `full` every shared intermediate is made once."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from application.artifact_format import decode
from tests.e2e.kills import manifest_of
from tests.e2e.program import Ended, Program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

DESCRIPTION = "Light, focus and patience.\n0:00 Intro\n0:02 Light\n0:05 Focus\nhttps://example.com"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("full") / "data"


@pytest.fixture(scope="module")
def full(program: Program, clip: Path, place: Path) -> Ended:
    """A run of `full` on a clip that holds something for every component."""
    given = ["--title", "How I film at night", "--description", DESCRIPTION, "--profile", "full"]
    return program.run("analyze", str(clip), *given, "--format", "json", data_dir=place)


def test_full_measures_every_component(full: Ended) -> None:
    assert full.exit_code == 0, full.err
    assert set(full.answer["components"].values()) <= {"ok", "empty"}


def test_full_decodes_once_and_shares_what_is_made_from_it(full: Ended, place: Path) -> None:
    """R-403: one decode, one spectrum a rate, one flow a pair of frames, one luma a frame."""
    assert full.exit_code == 0, full.err
    done = manifest_of(place)["run"]["preprocessing"]
    frames = done["timeline"]["frame_count"]
    assert frames == 96
    counters = done["counters"]
    assert counters["decodes"] == 1
    assert counters["spectra"] == 1
    assert counters["flow"] == frames - 1
    per_frame = {name: count for name, count in counters.items() if name not in ONCE}
    assert set(per_frame.values()) == {frames}


ONCE = {"decodes", "spectra", "flow"}
SHOWN = ("loudness", "pitch", "harmony", "key_phrases", "motion", "shots", "key_frames")
"""Between them they hold every form of array: numbers with gaps, words, bounds, tables."""


def test_show_prints_every_array_as_it_is_stored(
    program: Program, full: Ended, place: Path
) -> None:
    """R-303: JSON is only another form of the NPZ; what is missing prints as null."""
    nulls = 0
    for name in SHOWN:
        status = full.answer["components"][name]
        shown = program.run("show", full.answer["run_id"], name, "--format", "json", data_dir=place)
        assert shown.exit_code == 0, shown.err
        found = json.loads(shown.out, parse_constant=_refuse)
        if status == "ok":
            (file,) = place.glob(f"result_store/*/*/*/{name}/{name}.npz")
            arrays, meta = decode(file.read_bytes())
            assert set(found["arrays"]) == set(arrays)
            assert found["meta"] == meta
            for key, array in arrays.items():
                nulls += _check_equal(found["arrays"][key], array)
    assert nulls > 0, "no array of the clip has a missing number: the test shows nothing of null"


def _check_equal(printed: Any, stored: np.ndarray[Any, Any]) -> int:
    """Compares what was printed with what is stored; how many numbers are missing."""
    if stored.dtype.kind != "f":
        assert np.array_equal(np.array(printed, dtype=stored.dtype), stored)
        return 0
    read = np.array(printed, dtype=object).reshape(stored.shape)
    missing = np.array([value is None for value in read.ravel()], dtype=bool).reshape(read.shape)
    assert np.array_equal(missing, np.isnan(stored))
    numbers = np.where(missing, np.nan, read).astype(stored.dtype)
    assert np.array_equal(numbers, stored, equal_nan=True)
    return int(missing.sum())


def test_show_prints_readable_text(program: Program, full: Ended, place: Path) -> None:
    shown = program.run("show", full.answer["run_id"], "loudness", data_dir=place)
    assert shown.exit_code == 0
    assert "LUFS" in shown.out


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is not JSON")
