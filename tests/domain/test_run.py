"""No run leaves its state machine, whatever is asked of it and in whatever order (R-505, R-510)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.component import ComponentStatus, EmptyReason
from domain.errors import InvalidTransition
from domain.events import ComponentEnded, RunMoved, StageEntered
from domain.run import _NEXT, ComponentRun, Failure, Run, RunStatus, Stage
from tests.builders import (
    NOON,
    a_component_run,
    a_failure,
    a_profile,
    a_run,
    a_running_run,
    an_identity,
)

NAMES = ("loudness", "shots", "tempo")
LATER = NOON + timedelta(seconds=5)
ENDS = [status for status in ComponentStatus if status is not ComponentStatus.SKIPPED]
FAILED = {ComponentStatus.ERROR, ComponentStatus.BLOCKED}
TERMINAL = {RunStatus.OK, RunStatus.ERROR, RunStatus.CANCELLED}

SELDOM = st.integers(0, 9)
"""Ending a run at once, as often as all else, would leave most of its life unseen."""


class RunMachine(RuleBasedStateMachine):
    """Asks a run for anything at any time, beside a model of four words."""

    @initialize(required=st.sets(st.sampled_from(NAMES)))
    def queue(self, required: set[str]) -> None:
        self.run = a_run(profile=a_profile(*NAMES, required=tuple(required)))
        self.required = required
        self.now = NOON
        self.model = RunStatus.QUEUED
        self.path = [RunStatus.QUEUED]
        self.ended: dict[str, ComponentRun] = {}

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def move(self, status: RunStatus) -> None:
        self.model = status
        self.path.append(status)

    @rule()
    def start(self) -> None:
        if self.model in TERMINAL:
            with pytest.raises(InvalidTransition):
                self.run.start(now=self.tick())
            return
        self.run.start(now=self.tick())
        if self.model is RunStatus.QUEUED:
            self.move(RunStatus.RUNNING)

    @rule(stage=st.sampled_from(Stage))
    def enter(self, stage: Stage) -> None:
        if self.model is RunStatus.RUNNING:
            self.run.enter(stage, now=self.tick())
            assert self.run.stage is stage
        else:
            with pytest.raises(InvalidTransition):
                self.run.enter(stage, now=self.tick())

    @rule(name=st.sampled_from((*NAMES, "stranger")), status=st.sampled_from(ComponentStatus))
    def end_component(self, name: str, status: ComponentStatus) -> None:
        ended = a_component_run(name, status=status)
        allowed = (
            self.model is RunStatus.RUNNING
            and name in NAMES
            and name not in self.ended
            and status is not ComponentStatus.SKIPPED
        )
        if allowed:
            self.run.end_component(ended, now=self.tick())
            self.ended[name] = ended
        else:
            with pytest.raises(InvalidTransition):
                self.run.end_component(ended, now=self.tick())

    @precondition(lambda self: self.ended)
    @rule(data=st.data())
    def forget_component(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.ended)))
        if self.model is RunStatus.RUNNING:
            self.run.forget_component(name)
            del self.ended[name]
        else:
            with pytest.raises(InvalidTransition):
                self.run.forget_component(name)

    @rule()
    def finish(self) -> None:
        if self.model is not RunStatus.RUNNING or len(self.ended) < len(NAMES):
            with pytest.raises(InvalidTransition):
                self.run.finish(now=self.tick())
            return
        self.run.finish(now=self.tick())
        broken = {n for n in self.required if self.ended[n].status in FAILED}
        self.move(RunStatus.ERROR if broken else RunStatus.OK)

    @rule(seldom=SELDOM)
    def fail(self, seldom: int) -> None:
        if self.model is RunStatus.RUNNING:
            if seldom:
                return
            self.run.fail(a_failure(), now=self.tick())
            self.move(RunStatus.ERROR)
        else:
            with pytest.raises(InvalidTransition):
                self.run.fail(a_failure(), now=self.tick())

    @rule(seldom=SELDOM)
    def cancel(self, seldom: int) -> None:
        if self.model in TERMINAL:
            with pytest.raises(InvalidTransition):
                self.run.cancel(now=self.tick())
        elif not seldom:
            self.run.cancel(now=self.tick())
            self.move(RunStatus.CANCELLED)

    @invariant()
    def the_run_is_where_the_model_is(self) -> None:
        assert self.run.status is self.model
        assert all(
            after in _NEXT[before] for before, after in zip(self.path, self.path[1:], strict=False)
        )
        moves = [event for event in self.run.events if isinstance(event, RunMoved)]
        assert [event.status for event in moves] == [str(status) for status in self.path[1:]]
        assert [event.at for event in self.run.events] == sorted(e.at for e in self.run.events)

    @invariant()
    def what_a_run_says_of_itself_agrees(self) -> None:
        run, terminal = self.run, self.model in TERMINAL
        assert run.is_terminal == terminal
        assert (run.finished_at is not None) == terminal
        assert (run.started_at is not None) == (RunStatus.RUNNING in self.path)
        assert (run.failure is not None) == (self.model in {RunStatus.ERROR, RunStatus.CANCELLED})

    @invariant()
    def ended_components_never_change(self) -> None:
        skipped = {n: c for n, c in self.run.components.items() if n not in self.ended}
        assert {n: c for n, c in self.run.components.items() if n in self.ended} == self.ended
        assert all(c.status is ComponentStatus.SKIPPED for c in skipped.values())
        assert not skipped or self.model in TERMINAL
        ends = {e.component: e.status for e in self.run.events if isinstance(e, ComponentEnded)}
        assert ends == {n: str(c.status) for n, c in self.run.components.items()}
        assert self.run.pending == set(NAMES) - self.run.components.keys()
        assert not (self.run.pending and self.model in TERMINAL)
        failed = {n for n, c in self.ended.items() if c.status in FAILED}
        failed -= self.run.profile.required
        assert self.run.warnings == tuple(sorted(failed))


TestRunMachine = RunMachine.TestCase
TestRunMachine.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def finished(required: tuple[str, ...], ends: dict[str, ComponentRun]) -> Run:
    run = a_running_run(profile=a_profile(*ends, required=required))
    for ended in ends.values():
        run.end_component(ended, now=NOON)
    run.finish(now=LATER)
    return run


@pytest.mark.parametrize("status", ENDS)
def test_an_optional_component_never_fails_the_run(status: ComponentStatus) -> None:
    """R-505: a failed optional component is a warning."""
    run = finished((), {"shots": a_component_run("shots", status=status)})
    assert run.status is RunStatus.OK
    assert run.warnings == (("shots",) if status in FAILED else ())


@pytest.mark.parametrize("status", ENDS)
def test_a_required_component_that_failed_fails_the_run(status: ComponentStatus) -> None:
    """R-505; what is validly empty has not failed (R-206)."""
    run = finished(("shots",), {"shots": a_component_run("shots", status=status)})
    assert run.status is (RunStatus.ERROR if status in FAILED else RunStatus.OK)


def test_a_blocked_required_component_blames_the_first_that_failed() -> None:
    blocked = ComponentRun(
        name="tempo",
        status=ComponentStatus.BLOCKED,
        failure=a_failure(code="blocked", root="onsets"),
    )
    onsets = a_component_run("onsets", status=ComponentStatus.ERROR)
    run = finished(("tempo",), {"tempo": blocked, "onsets": onsets})
    assert run.failure == Failure(
        "required_component_failed", "onsets failed", where="onsets", root="onsets"
    )
    assert run.finished_at == LATER


def test_cancelling_keeps_what_was_finished_and_skips_the_rest() -> None:
    """R-510."""
    run = a_running_run(profile=a_profile("shots", "tempo"))
    run.end_component(a_component_run("shots"), now=NOON)
    run.cancel(now=LATER)
    found = {name: ended.status for name, ended in run.components.items()}
    assert found == {"shots": ComponentStatus.OK, "tempo": ComponentStatus.SKIPPED}
    assert run.failure is not None
    assert run.failure.code == "cancelled"


def test_a_resumed_run_starts_once() -> None:
    run = a_running_run()
    run.start(now=LATER)
    assert run.started_at == NOON
    assert len(run.events) == 1


def test_what_happened_is_told_in_order() -> None:
    run = a_running_run(profile=a_profile("shots", "tempo", "onsets"))
    run.enter(Stage.ACQUIRE, now=NOON)
    run.end_component(a_component_run("shots"), now=LATER)
    run.fail(a_failure(code="disk_full"), now=LATER)
    assert run.events == [
        RunMoved(run.id, NOON, status="running"),
        StageEntered(run.id, NOON, stage="acquire"),
        ComponentEnded(run.id, LATER, component="shots", status="ok"),
        ComponentEnded(run.id, LATER, component="onsets", status="skipped"),
        ComponentEnded(run.id, LATER, component="tempo", status="skipped"),
        RunMoved(run.id, LATER, status="error", code="disk_full"),
    ]


def test_a_run_that_may_not_end_tells_of_nothing_skipped() -> None:
    run = a_running_run(profile=a_profile("shots"))
    run.end_component(a_component_run("shots"), now=NOON)
    run.finish(now=LATER)
    told = list(run.events)
    with pytest.raises(InvalidTransition):
        run.cancel(now=LATER)
    assert run.events == told


def test_an_end_that_was_never_kept_is_not_told() -> None:
    run = a_running_run(profile=a_profile("shots", "tempo"))
    for name in ("shots", "tempo"):
        run.end_component(a_component_run(name), now=NOON)
    run.forget_component("shots")
    ends = [event.component for event in run.events if isinstance(event, ComponentEnded)]
    assert ends == ["tempo"]


@pytest.mark.parametrize("status", ComponentStatus)
@pytest.mark.parametrize("reason", [None, EmptyReason.NO_SPEECH])
@pytest.mark.parametrize("failure", [None, a_failure()])
def test_a_component_tells_its_reason_exactly_when_it_has_one(
    status: ComponentStatus, reason: EmptyReason | None, failure: Failure | None
) -> None:
    agrees = (status is ComponentStatus.EMPTY) == (reason is not None)
    agrees = agrees and (status in FAILED) == (failure is not None)
    if agrees:
        ended = ComponentRun(name="x", status=status, empty_reason=reason, failure=failure)
        assert ended.status is status
        return
    with pytest.raises(ValueError, match="exactly"):
        ComponentRun(name="x", status=status, empty_reason=reason, failure=failure)


def test_a_run_is_known_by_its_id() -> None:
    identity = an_identity()
    run = a_run(run_id=identity.run_id)
    assert run.id == identity.run_id
    assert run != a_run(run_id=identity.run_id)
