"""How the child tells what ended an order: with a code, and never with a person's words."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.process.analyst import ProcessAnalyst
from application.errors import ResourceExhausted
from application.ports.analyst import StepFailed
from application.ports.orders import SegmentOrder
from domain.identity import RunId
from tests.outside import ROOT

PR_SET_CHILD_SUBREAPER = 36


class Never:
    """Nobody asks for the end."""

    requested = False


@pytest.fixture
def analyst(tmp_path: Path) -> Iterator[ProcessAnalyst]:
    made = ProcessAnalyst("tests.process.made_analyst:build", (tmp_path,), memory_bytes=4 << 30)
    yield made
    made.close()


def segment(analyst: ProcessAnalyst, component: str) -> None:
    order = SegmentOrder(
        run_id=RunId(uuid4()), file=Path("given.mp4"), components=(component,), timeout_s=30.0
    )
    analyst.segment(order, on_progress=lambda _: None, cancellation=Never())


def test_a_full_disk_inside_the_child_is_told_apart(analyst: ProcessAnalyst) -> None:
    """Hardening 19: it is no failure of the video, and the run may go on later."""
    with pytest.raises(ResourceExhausted) as full:
        segment(analyst, "full_disk")
    assert full.value.code == "resource_exhausted"
    assert "film" not in str(full.value)


def test_a_bug_inside_the_child_is_told_by_name_and_place(analyst: ProcessAnalyst) -> None:
    """R-706: its text may be a person's, so it is not repeated."""
    with pytest.raises(StepFailed) as failed:
        segment(analyst, "bug")
    assert failed.value.failure.code == "internal_error"
    assert failed.value.failure.message.startswith("ValueError at tests.process.made_analyst:")


def test_a_child_that_nobody_asked_ends_without_a_word(
    analyst: ProcessAnalyst, capfd: pytest.CaptureFixture[str]
) -> None:
    """A refusal comes while the child warms up; the person sees the refusal and no traceback."""
    analyst.start()
    connection = analyst._connection
    assert connection is not None
    assert connection.poll(60), "the child is ready, and nobody has read that"
    analyst.close()
    assert capfd.readouterr().err == ""


def test_a_child_whose_pipe_is_closed_ends_without_a_word(
    analyst: ProcessAnalyst, capfd: pytest.CaptureFixture[str]
) -> None:
    """What a child sees of a parent that was killed, before its own death signal."""
    analyst.start()
    child, connection = analyst._child, analyst._connection
    assert child is not None
    assert connection is not None
    assert connection.poll(60)
    connection.close()
    child.join(timeout=30)
    assert child.exitcode == 0
    assert capfd.readouterr().err == ""


@pytest.fixture
def slow_to_reap() -> Iterator[None]:
    """This process takes over every orphan, and looks after none of them meanwhile."""
    prctl = ctypes.CDLL(None).prctl
    assert prctl(PR_SET_CHILD_SUBREAPER, 1) == 0
    yield
    assert prctl(PR_SET_CHILD_SUBREAPER, 0) == 0


@pytest.mark.usefixtures("slow_to_reap")
def test_what_the_child_leaves_behind_is_ended_and_its_reaping_not_waited_for(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "tests.process.leaver", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, timeout=60).stdout
    left, waited_s = told.split()
    assert os.waitid(os.P_PID, int(left), os.WEXITED | os.WNOHANG), "it is still alive"
    assert float(waited_s) < 5.0, "half of what a process is given to end"
