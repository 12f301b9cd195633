"""`trendflow analyze` and `trendflow resume`: a run from its beginning, or where it stopped."""

import json
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any
from uuid import uuid4

import click

from application.use_cases.start_run import Request
from domain.artifact import manifest_path
from domain.errors import Cancelled, InvalidTransition, RunIsOwned
from domain.estimate import EstimateId
from domain.identity import RunId
from domain.ledger import LOCAL_USER
from domain.run import Run, RunStatus
from entrypoints.billing import bill_table
from entrypoints.commands.given import (
    RunIdType,
    anew_option,
    format_option,
    key_option,
    link_of,
    metadata_of,
    profile_of,
    video_options,
)
from entrypoints.exits import Exit, explained
from entrypoints.language import explain_failure
from entrypoints.session import Session
from entrypoints.showing import shown
from entrypoints.unserved import warn_of_unserved

FOLLOWED_EVERY_S = 0.5
_EXITS = {RunStatus.OK: Exit.OK, RunStatus.CANCELLED: Exit.CANCELLED}
_STATUSES = {
    Exit.ERROR: "error",
    Exit.REFUSED: "refused",
    Exit.USAGE: "refused",
    Exit.CANCELLED: "cancelled",
}
"""How a call is told to have ended that carried no run to its end."""


@dataclass(slots=True)
class Call:
    """One call of a command: what its answer is made of, whatever ends it."""

    session: Session
    form: str
    began_s: float = field(default_factory=time.monotonic)
    run_id: RunId | None = None
    is_answered: bool = False

    @property
    def seconds(self) -> float:
        return round(time.monotonic() - self.began_s, 3)


@click.command()
@video_options
@click.option("--estimate", "estimate_id", type=click.UUID, help="Start by this estimate's prices.")
@key_option
@anew_option
@format_option
@click.pass_obj
def analyze(session: Session, /, source: str, profile: str, form: str, **given: Any) -> int:
    """Measure a video file or a YouTube link, and pay for what succeeded.

    Exit codes: 0 the run is ok, 1 it ended in an error, 2 the video was refused before a run
    existed, 64 wrong usage, 130 cancelled.
    """
    call = Call(session, form)
    with _answered(call), _warming(session):
        container = session.installation
        container.sweep()(language=session.language)
        container.expire_credits()()
        container.expire_pictures()()
        accept, metadata = container.accept_video(), metadata_of(given)
        chosen, link = profile_of(session, profile), link_of(source)
        warn_of_unserved(session, chosen)
        terms: Any = {"metadata": metadata, "profile": chosen, "request": _request(given)}
        if link is None:
            run = accept.upload(session.path(source), **terms)
        else:
            run = accept.link(link, **terms)
        session.aside.print(session.say("cli.begun", run_id=run.id))
        try:
            return _exit(carried_out(call, run.id))
        except RunIsOwned:
            # A worker of a service over the same data was faster: the run is in good hands.
            return _exit(_followed(call, run.id))
    return Exit.REFUSED


def _request(given: Mapping[str, Any]) -> Request:
    key, estimate_id = given["key"] or str(uuid4()), given["estimate_id"]
    return Request(
        user_id=LOCAL_USER,
        key=key,
        estimate_id=None if estimate_id is None else EstimateId(estimate_id),
        is_anew=given["anew"],
    )


@click.command()
@click.argument("run_id", type=RunIdType())
@format_option
@click.pass_obj
def resume(session: Session, run_id: RunId, form: str) -> int:
    """Finish a run that was interrupted, without measuring or paying for anything twice."""
    call = Call(session, form)
    with _answered(call), _warming(session):
        run = carried_out(call, run_id)
        # Only now: what is left of this very run may be what its report is made from.
        session.installation.sweep()(language=session.language)
        return _exit(run)
    return Exit.REFUSED


@click.command()
@click.argument("run_id", type=RunIdType())
@format_option
@click.pass_obj
def cancel(session: Session, run_id: RunId, form: str) -> int:
    """End a run that waits or was interrupted: what had finished is charged, the rest comes back.

    A run that is at work is cancelled where it is, with Ctrl-C.
    """
    call = Call(session, form, run_id=run_id)
    with _answered(call):
        run = session.installation.execute_run()(
            run_id,
            language=session.language,
            on_progress=lambda _: None,
            cancellation=_Interrupted(requested=True),
        )
        if run.status is not RunStatus.CANCELLED:
            raise InvalidTransition("the run has ended")
        _tell(call, run)
    return Exit.OK


def _followed(call: Call, run_id: RunId) -> Run:
    """Waits for a run that a worker is at, its report included; Ctrl-C cancels it.

    Should that worker die, the run is carried on here.
    """
    session, container = call.session, call.session.installation
    session.aside.print(session.say("cli.followed"))
    with _interruptible(session) as token:
        run = None
        while run is None:
            try:
                run = container.execute_run()(
                    run_id,
                    language=session.language,
                    on_progress=lambda _: None,
                    cancellation=token,
                )
            except RunIsOwned:
                if token.requested:
                    container.cancel_run()(LOCAL_USER, run_id)
                time.sleep(FOLLOWED_EVERY_S)
    container.check_results()(run)
    _tell(call, run)
    return run


def carried_out(call: Call, run_id: RunId) -> Run:
    """Carries a run out with its progress shown, and tells how it ended."""
    session, container = call.session, call.session.installation
    call.run_id = run_id
    with _warming(session), shown(session) as on_progress, _interruptible(session) as token:
        run = container.execute_run()(
            run_id, language=session.language, on_progress=on_progress, cancellation=token
        )
    container.check_results()(run)
    _tell(call, run)
    return run


@contextmanager
def _warming(session: Session) -> Iterator[None]:
    """Lets the child process load its libraries beside us; it is gone when the context ends."""
    analyst = session.container.analyst()
    analyst.start()
    try:
        yield
    finally:
        analyst.close()


def _exit(run: Run) -> Exit:
    return _EXITS.get(run.status, Exit.ERROR)


@dataclass(slots=True)
class _Interrupted:
    requested: bool = False


@contextmanager
def _interruptible(session: Session) -> Iterator[_Interrupted]:
    """Ctrl-C and SIGTERM cancel the run in order; a second one ends the process at once."""
    token = _Interrupted()

    def interrupt(number: int, frame: FrameType | None) -> None:
        del frame
        if token.requested:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        token.requested = True
        session.aside.print(session.say("cli.interrupted"))

    before = {n: signal.signal(n, interrupt) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _answered(call: Call) -> Iterator[None]:
    """Whatever ends the call, with `--format json` it is told in one object on standard output.

    A request to end ends the call at once; while a run goes on, `_interruptible` hears it instead.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except click.ClickException:
        raise
    except KeyboardInterrupt:
        if call.form == "json" and not call.is_answered:
            _print_object(call, {"status": _STATUSES[Exit.CANCELLED], "code": Cancelled.code})
        raise
    except Exception as error:
        code, ends, _ = explained(error, call.session.language)
        if call.form == "json":
            _print_object(call, {"status": _STATUSES[ends], "code": code})
        elif call.run_id is not None and ends is Exit.ERROR:
            status = call.session.say("status.error")
            call.session.aside.print(call.session.say("cli.run", run_id=call.run_id, status=status))
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _print_object(call: Call, ended: Mapping[str, Any]) -> None:
    answer: dict[str, Any] = {
        "run_id": None if call.run_id is None else str(call.run_id),
        "status": None,
        "code": None,
        "manifest": None,
        "report": None,
        "components": {},
        "seconds": call.seconds,
    }
    click.echo(json.dumps({**answer, **ended}, ensure_ascii=False))
    call.is_answered = True


def _tell(call: Call, run: Run) -> None:
    session, container = call.session, call.session.installation
    manifest = container.store().location(manifest_path(run.identity))
    report = container.reports().location(run.identity)
    if call.form == "json":
        ended = {
            "status": str(run.status),
            "code": run.failure.code if run.failure else None,
            "manifest": manifest,
            "report": report,
            "components": {
                name: str(ended.status) for name, ended in sorted(run.components.items())
            },
        }
        _print_object(call, ended)
        return
    status = session.say(f"status.{run.status}")
    session.out.print(session.say("cli.run", run_id=run.id, status=status))
    if run.failure is not None:
        sentence = explain_failure(run.failure, session.language)
        session.out.print(f"{run.failure.code}: {sentence}", markup=False)
    reused = [name for name, ended in run.components.items() if ended.is_reused]
    if reused:
        session.out.print(session.say("cli.reused_results", count=len(reused)))
    for name in run.warnings:
        failure = run.components[name].failure
        reason = explain_failure(failure, session.language) if failure else ""
        session.out.print(session.say("cli.warning", component=name, reason=reason), markup=False)
    bill = container.read_ledger().bill(run.user_id, run.id)
    if bill is not None:
        session.out.print(bill_table(session, bill))
    session.out.print(session.say("cli.report", path=report), markup=False)
    session.out.print(session.say("cli.manifest", path=manifest), markup=False)
    session.out.print(session.say("cli.took", seconds=call.seconds))
