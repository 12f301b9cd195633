"""The warm child: it serves many orders, and what breaks it stays with the order that did."""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from adapters.process.analyst import ProcessAnalyst
from application.errors import TimedOut
from application.ports.analyst import Measured, StepFailed
from application.ports.orders import MeasureOrder, SegmentOrder
from domain.component import ComponentStatus
from domain.errors import Cancelled, LeaseLost
from domain.identity import RunId
from domain.video import Metadata

MEMORY_BYTES = 4 << 30


@dataclass
class Token:
    wanted_s: float = 1e9
    began_s: float = 0.0

    @property
    def requested(self) -> bool:
        return time.monotonic() - self.began_s > self.wanted_s


@dataclass(frozen=True)
class Children:
    """The processes this one started since; servers that other tests started are not of them."""

    before: frozenset[psutil.Process]

    def at_work(self) -> list[psutil.Process]:
        """All but Python's own keeper of shared resources."""
        return [
            child
            for child in psutil.Process().children()
            if child not in self.before and "resource_tracker" not in "".join(child.cmdline())
        ]


@pytest.fixture
def children() -> Children:
    return Children(frozenset(psutil.Process().children()))


@pytest.fixture
def analyst(tmp_path: Path, children: Children) -> Iterator[ProcessAnalyst]:
    made = ProcessAnalyst(
        "tests.process.made_analyst:build", (tmp_path,), memory_bytes=MEMORY_BYTES
    )
    yield made
    made.close()
    assert children.at_work() == []


def ordered(component: str, *, timeout_s: float = 30.0) -> MeasureOrder:
    return MeasureOrder(
        run_id=RunId(uuid4()),
        component=component,
        parameters={},
        metadata=Metadata(),
        timeout_s=timeout_s,
    )


def measured(analyst: ProcessAnalyst, component: str, *, timeout_s: float = 30.0) -> Measured:
    return analyst.measure(ordered(component, timeout_s=timeout_s), cancellation=Token())


def code(found: Measured) -> str | None:
    return found.failure.code if found.failure else None


def test_one_child_serves_many_orders(analyst: ProcessAnalyst, tmp_path: Path) -> None:
    pids = {int(measured(analyst, "fine").arrays["pid"]) for _ in range(3)}
    assert len(pids) == 1
    assert len(list(tmp_path.glob("started-*"))) == 1


def test_the_child_computes_on_one_thread_and_its_parents_environment_is_as_it_was(
    analyst: ProcessAnalyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the machine has more cores, and whoever started us asked for more."""
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert int(measured(analyst, "fine").arrays["threads"]) == 1
    assert os.environ["OMP_NUM_THREADS"] == "2"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_a_crash_is_the_components_error_and_the_next_order_is_served(
    analyst: ProcessAnalyst,
) -> None:
    found = measured(analyst, "crash")
    assert found.status is ComponentStatus.ERROR
    assert code(found) == "component_crashed"
    assert measured(analyst, "fine").status is ComponentStatus.OK


def test_a_child_that_died_between_two_orders_is_replaced(analyst: ProcessAnalyst) -> None:
    """The system may take it for its memory while nobody asks anything of it."""
    pid = int(measured(analyst, "fine").arrays["pid"])
    psutil.Process(pid).kill()
    # Until the last of its threads is gone, and without reaping it: that is the analyst's part.
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    found = measured(analyst, "fine")
    assert found.status is ComponentStatus.OK
    assert int(found.arrays["pid"]) != pid


def test_a_hang_is_ended_at_the_time_limit(analyst: ProcessAnalyst) -> None:
    """R-506: a component has a time limit, and nothing of it goes on."""
    assert code(measured(analyst, "hang", timeout_s=0.5)) == "component_timed_out"
    assert measured(analyst, "fine").status is ComponentStatus.OK


def together(
    analyst: ProcessAnalyst, *components: str, timeout_s: float = 30.0
) -> Sequence[Measured]:
    orders = [ordered(component, timeout_s=timeout_s) for component in components]
    return analyst.measure_together(orders, at_once=1, cancellation=Token())


def test_several_orders_are_answered_in_their_order(analyst: ProcessAnalyst) -> None:
    found = together(analyst, "fine", "second", "third")
    assert [str(measured.arrays["component"]) for measured in found] == ["fine", "second", "third"]


@pytest.mark.parametrize(
    ("guilty", "expected"), [("crash", "component_crashed"), ("fill_memory", "out_of_memory")]
)
def test_a_crash_among_several_is_told_as_that_of_their_work(
    analyst: ProcessAnalyst, guilty: str, expected: str
) -> None:
    """R-502: whose it was shows when each is measured alone."""
    with pytest.raises(StepFailed) as failed:
        together(analyst, "fine", guilty)
    assert failed.value.failure.code == expected
    assert measured(analyst, "fine").status is ComponentStatus.OK


def test_a_hang_among_several_ends_at_the_longest_of_their_limits(
    analyst: ProcessAnalyst,
) -> None:
    with pytest.raises(TimedOut):
        together(analyst, "fine", "hang", timeout_s=0.5)
    assert measured(analyst, "fine").status is ComponentStatus.OK


def test_work_on_several_that_nobody_wants_any_more_is_ended(
    analyst: ProcessAnalyst, children: Children
) -> None:
    measured(analyst, "fine")
    token = Token(wanted_s=0.3, began_s=time.monotonic())
    with pytest.raises(Cancelled):
        analyst.measure_together([ordered("hang"), ordered("hang")], at_once=1, cancellation=token)
    assert children.at_work() == []


def test_too_much_memory_is_refused_by_the_limit(analyst: ProcessAnalyst) -> None:
    """R-508: the child's memory is bounded, and running out of it has a name."""
    assert code(measured(analyst, "fill_memory")) == "out_of_memory"
    assert measured(analyst, "fine").status is ComponentStatus.OK


def test_a_refusal_inside_the_child_comes_out_with_its_code(analyst: ProcessAnalyst) -> None:
    shares: list[float] = []
    with pytest.raises(StepFailed) as failed:
        analyst.segment(segment_order(), on_progress=shares.append, cancellation=Token())
    assert failed.value.failure.code == "video_file_corrupted"
    assert shares == [0.5]


def test_a_segment_stage_that_hangs_times_out(analyst: ProcessAnalyst) -> None:
    order = segment_order("hang", timeout_s=0.5)
    with pytest.raises(TimedOut):
        analyst.segment(order, on_progress=lambda _: None, cancellation=Token())


def test_a_cancel_ends_the_work_within_one_component(
    analyst: ProcessAnalyst, children: Children
) -> None:
    """R-510: the user's word is heard while a component is at work."""
    measured(analyst, "fine")
    token = Token(wanted_s=0.3, began_s=time.monotonic())
    with pytest.raises(Cancelled):
        analyst.measure(ordered("hang"), cancellation=token)
    assert children.at_work() == []


def test_a_cancel_between_two_steps_is_heard_though_each_is_quick(
    analyst: ProcessAnalyst,
) -> None:
    """R-510: and whoever is warm stays so, for nothing of theirs was at work."""
    pid = int(measured(analyst, "fine").arrays["pid"])
    with pytest.raises(Cancelled):
        analyst.measure(ordered("fine"), cancellation=Token(wanted_s=-1.0))
    assert int(measured(analyst, "fine").arrays["pid"]) == pid


def test_a_cancel_is_heard_between_reports_that_come_without_a_pause(
    analyst: ProcessAnalyst, children: Children
) -> None:
    """R-510: decoding a small video reports more often than a cancel is looked for."""
    measured(analyst, "fine")
    token = Token(wanted_s=0.3, began_s=time.monotonic())
    with pytest.raises(Cancelled):
        analyst.segment(segment_order("chatter"), on_progress=lambda _: None, cancellation=token)
    assert children.at_work() == []


def test_what_the_token_raises_ends_the_work_too(
    analyst: ProcessAnalyst, children: Children
) -> None:
    @dataclass
    class Lost:
        looks: int = 0

        @property
        def requested(self) -> bool:
            self.looks += 1
            if self.looks > 1:
                raise LeaseLost("taken over")
            return False

    measured(analyst, "fine")
    with pytest.raises(LeaseLost):
        analyst.measure(ordered("hang"), cancellation=Lost())
    assert children.at_work() == []


def test_pictures_come_in_order(analyst: ProcessAnalyst) -> None:
    assert analyst.jpegs(RunId(uuid4()), (3, 1, 2)) == (b"\x03", b"\x01", b"\x02")


def segment_order(component: str = "fine", *, timeout_s: float = 30.0) -> SegmentOrder:
    return SegmentOrder(
        run_id=RunId(uuid4()),
        file=Path("given.mp4"),
        components=(component,),
        timeout_s=timeout_s,
    )
