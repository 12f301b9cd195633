"""A run has one worker at a time; its child and its decoder end with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.e2e.conftest import SMALL, Undisturbed, write_profile
from tests.e2e.kills import KILLED, KilledRun, arrays_of, decoding, manifest_of
from tests.e2e.moments import Moment
from tests.e2e.program import Around, Program, environment_of, loaded_program

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]


def resume_elsewhere(data_dir: Path, run_id: str) -> subprocess.Popen[str]:
    """A second worker: the installed program in a process of its own."""
    return subprocess.Popen(
        [Path(sys.executable).with_name("trendflow"), "resume", run_id, "--format", "json"],
        env=environment_of(data_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def second_worker(tmp_path: Path) -> Iterator[Program]:
    """Another worker, loaded beforehand: a lease must not run out while it loads."""
    (tmp_path / "second").mkdir()
    with loaded_program(tmp_path / "second") as loaded:
        loaded.run("runs", data_dir=tmp_path / "elsewhere")
        yield loaded


def test_a_run_at_work_is_not_resumed_by_another(
    run: KilledRun, second_worker: Program, undisturbed: Undisturbed
) -> None:
    """The first worker is stopped, not dead: its lease holds, and it goes on as if alone."""
    arguments = ["analyze", str(run.clip), "--title", "How I film at night"]
    arguments += ["--profile", str(run.profile), "--format", "json"]
    running = run.program.start(arguments, Around(data_dir=run.data_dir))
    while "Decoding" not in running.err.read_text():
        time.sleep(0.005)
    (folder,) = (run.data_dir / "work").iterdir()
    os.kill(running.pid, signal.SIGSTOP)
    try:
        second = second_worker.run("resume", folder.name, "--format", "json", data_dir=run.data_dir)
    finally:
        os.kill(running.pid, signal.SIGCONT)
    assert second.exit_code == 2, second.err
    assert second.answer["code"] == "run_is_owned"
    assert "run_is_owned: " in second.err
    ended = running.wait()
    assert ended.exit_code == 0, ended.err
    assert arrays_of(run.data_dir, SMALL) == undisturbed.arrays


def test_of_two_who_resume_a_run_at_once_one_does(run: KilledRun, undisturbed: Undisturbed) -> None:
    """Never both: the loser is refused, or comes when everything has been done."""
    run.kill(decoding(2))
    both = [resume_elsewhere(run.data_dir, run.run_id) for _ in range(2)]
    ends = [(worker.communicate(timeout=300), worker.returncode) for worker in both]
    assert sorted(code for _, code in ends) in ([0, 2], [0, 0])
    decoders = [err for (_, err), _ in ends if "Decoding" in err]
    assert len(decoders) == 1
    assert arrays_of(run.data_dir, SMALL) == undisturbed.arrays
    assert manifest_of(run.data_dir)["run"]["status"] == "ok"


def test_a_child_that_is_killed_while_decoding_ends_the_run_in_an_error(run: KilledRun) -> None:
    """A crash of the decoding process is no crash of the program (exit 1, the manifest kept)."""
    ended = run.carry_on(replace(decoding(3), deed="kill_child"))
    assert ended.exit_code == 1, ended.err
    assert ended.left == ()
    assert ended.answer["code"] == "component_crashed"
    assert set(ended.answer["components"].values()) == {"skipped"}
    assert Path(ended.answer["manifest"]).is_file()


def test_a_child_that_is_killed_while_measuring_costs_one_component(
    run: KilledRun, tmp_path: Path
) -> None:
    """R-505: the component is an error, the next is measured in a new child."""
    run.profile = write_profile(tmp_path / "two.toml", "color", "loudness")
    # The first order was to segment; the second is to measure `color`.
    ordered = Moment(function="_ConnectionBase.send", event="return", count=2, deed="kill_child")
    ended = run.carry_on(ordered)
    assert ended.exit_code == 0, ended.err
    assert ended.left == ()
    assert ended.answer["components"] == {"color": "error", "loudness": "ok"}
    entries = {entry["name"]: entry for entry in manifest_of(run.data_dir)["components"]}
    assert entries["color"]["error"]["code"] == "component_crashed"


def test_the_child_ends_also_when_its_parent_dies_while_it_starts(
    program: Program, run: KilledRun
) -> None:
    """Killed right after the child was spawned: nothing lives on, and nobody waits for it."""
    ended = run.carry_on(Moment(function="ProcessAnalyst.start", event="return"))
    assert ended.exit_code == KILLED
    assert ended.left == ()
    assert not [p for p in psutil.process_iter(["ppid"]) if p.info["ppid"] == program.launcher.pid]
