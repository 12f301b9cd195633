"""`trendflow runs`, `components` and `profiles`: what there is."""

import json
from collections.abc import Collection, Sequence
from typing import Any

import click
from rich.table import Table

from application.presentation import said
from domain.identity import RunId
from domain.run import Run
from entrypoints.commands.given import format_option
from entrypoints.session import Session

RUNS_SHOWN = 50


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=RUNS_SHOWN, show_default=True)
@format_option
@click.pass_obj
def runs(session: Session, limit: int, form: str) -> None:
    """List the newest runs."""
    # Asked before the runs are: one that ends between the two is not taken for a stopped one.
    stopped = session.installation.find_stopped_runs()()
    with session.installation.unit_of_work() as work:
        found = work.runs.newest(limit=limit)
    stopped &= {run.id for run in found if not run.is_terminal}
    if form == "json":
        rows = [_run_row(run) | {"stopped": run.id in stopped} for run in found]
        click.echo(json.dumps(rows))
    elif not found:
        session.out.print(session.say("cli.no_runs"))
    else:
        session.out.print(_run_table(session, found, stopped))
        if stopped:
            session.out.print(session.say("cli.stopped_runs"))


def _run_row(run: Run) -> dict[str, Any]:
    return {
        "run_id": str(run.id),
        "status": str(run.status),
        "profile": run.profile.name,
        "created_at": run.created_at.isoformat(timespec="seconds"),
        "code": run.failure.code if run.failure else "",
    }


def _run_table(session: Session, found: Sequence[Run], stopped: Collection[RunId]) -> Table:
    table = Table(box=None)
    for name in ("run", "status", "profile", "started"):
        # An id is there to be copied: it is never cut short.
        table.add_column(session.say(f"cli.column_{name}"), no_wrap=name in {"run", "started"})
    for run in found:
        status = session.say("status.stopped" if run.id in stopped else f"status.{run.status}")
        code = f" ({run.failure.code})" if run.failure else ""
        at = f"{run.created_at.astimezone():%Y-%m-%d %H:%M}"
        table.add_row(str(run.id), status + code, run.profile.name, at)
    return table


@click.command()
@format_option
@click.pass_obj
def components(session: Session, form: str) -> None:
    """List what can be measured."""
    shipped = session.container.shipped()
    if form == "json":
        rows = [
            {
                "name": c.spec.name,
                "modality": str(c.spec.modality),
                "kind": str(c.spec.kind),
                "tier0": c.spec.tier0,
                "needs": list(c.spec.needs),
                "uses": list(c.spec.uses),
                "needs_metadata": list(c.spec.needs_metadata),
                "parameters": c.spec.parameters,
                "producer_version": c.spec.producer_version,
                "schema_version": c.spec.schema_version,
            }
            for c in shipped
        ]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    columns = ("component", "needs", "meaning")
    table = Table(*(session.say(f"cli.column_{name}") for name in columns), box=None)
    for component in shipped:
        spec = component.spec
        needs = ", ".join((*spec.needs, *(f"({name})" for name in spec.uses)))
        table.add_row(spec.name, needs, said(component.schema.meaning, session.language))
    session.out.print(table)


@click.command()
@format_option
@click.pass_obj
def profiles(session: Session, form: str) -> None:
    """List the built-in profiles."""
    catalogue = session.container.catalogue()
    found = [profile.resolved(catalogue) for profile in session.container.profiles().built_in()]
    if form == "json":
        rows = [
            {"name": p.name, "version": p.version, "components": sorted(p.component_names)}
            for p in found
        ]
        click.echo(json.dumps(rows))
        return
    for profile in found:
        names = ", ".join(spec.name for spec in catalogue.in_order(profile.component_names))
        session.out.print(f"{profile.name} {profile.version}: {names}", markup=False)
