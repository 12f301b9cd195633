"""A call that a person or a supervisor ends: 130, one object, and nothing left behind (R-510)."""

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.e2e.corpus import KEYS
from tests.e2e.kills import leftovers
from tests.e2e.moments import Moment
from tests.e2e.program import Around, Program

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]

JSON = ("--format", "json")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminate"])
def test_an_interrupted_run_is_cancelled_with_130(
    program: Program, clip: Path, small_profile: Path, data_dir: Path, number: signal.Signals
) -> None:
    """R-510: what had finished stays readable, the rest is skipped."""
    choice = ["--title", "Talk", "--profile", str(small_profile)]
    running = program.start(["analyze", str(clip), *choice, *JSON], Around(data_dir=data_dir))
    wait_for(running.err, "Decoding: ")
    os.kill(running.pid, number)
    ended = running.wait()
    assert ended.exit_code == 130
    assert ended.left == ()
    assert ended.answer["status"] == "cancelled"
    assert ended.answer["code"] == "cancelled"
    assert leftovers(data_dir) == []
    assert set(ended.answer["components"].values()) <= {"ok", "skipped"}
    skipped = [name for name, how in ended.answer["components"].items() if how == "skipped"]
    assert skipped
    shown = program.run("show", ended.answer["run_id"], skipped[0], data_dir=data_dir)
    assert shown.exit_code == 0
    assert skipped[0] in shown.out


@pytest.mark.parametrize("deed", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "where", ["AcceptVideo.upload", "FfprobeVideoProbe.probe", "_Scan.picture_times"]
)
def test_a_call_interrupted_before_a_run_exists_tells_so_in_one_object(
    program: Program, clip: Path, data_dir: Path, where: str, deed: str
) -> None:
    """Whatever ends a call, the last line of standard output is one object."""
    ended = program.run(
        *("analyze", str(clip), "--title", "Talk", *JSON),
        data_dir=data_dir,
        moment=Moment(function=where, event="call", deed=deed),
    )
    assert ended.exit_code == 130
    assert ended.left == ()
    assert "Traceback" not in ended.err
    assert set(ended.answer) == KEYS
    assert (ended.answer["run_id"], ended.answer["components"]) == (None, {})
    assert (ended.answer["status"], ended.answer["code"]) == ("cancelled", "cancelled")
    assert leftovers(data_dir) == []
    assert program.run("runs", *JSON, data_dir=data_dir).out == "[]\n"


@pytest.mark.slow
def test_what_finished_before_a_cancel_can_be_shown(
    program: Program, clip: Path, small_profile: Path, data_dir: Path
) -> None:
    """R-510."""
    choice = ["--title", "Talk", "--profile", str(small_profile)]
    running = program.start(["analyze", str(clip), *choice, *JSON], Around(data_dir=data_dir))
    wait_for(running.err, "Measuring: ")
    os.kill(running.pid, signal.SIGINT)
    ended = running.wait()
    finished = [name for name, how in ended.answer["components"].items() if how == "ok"]
    assert finished
    shown = program.run("show", ended.answer["run_id"], finished[0], *JSON, data_dir=data_dir)
    assert shown.exit_code == 0
    assert json.loads(shown.out)["arrays"]


def wait_for(file: Path, text: str) -> None:
    deadline_s = time.monotonic() + 120
    while text not in file.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline_s, f"{text!r} never came"
        time.sleep(0.005)
