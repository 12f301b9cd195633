"""`trendflow runs`, `components` and `profiles`: what there is."""

import json
from datetime import datetime

import click
from rich.table import Table

from application.presentation import said
from entrypoints.commands.given import format_option
from entrypoints.session import Session

RUNS_SHOWN = 50


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=RUNS_SHOWN, show_default=True)
@format_option
@click.pass_obj
def runs(session: Session, limit: int, form: str) -> None:
    """List the newest runs."""
    with session.installation.unit_of_work() as work:
        found = work.runs.newest(limit=limit)
    rows = [
        (
            str(run.id),
            str(run.status),
            run.profile.name,
            run.created_at.isoformat(timespec="seconds"),
            run.failure.code if run.failure else "",
        )
        for run in found
    ]
    if form == "json":
        names = ("run_id", "status", "profile", "created_at", "code")
        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows]))
    elif not rows:
        session.out.print(session.say("cli.no_runs"))
    else:
        columns = ("run", "status", "profile", "started")
        table = Table(box=None)
        for name in columns:
            # An id is there to be copied: it is never cut short.
            table.add_column(session.say(f"cli.column_{name}"), no_wrap=name in {"run", "started"})
        for run_id, status, profile, at, code in rows:
            said_status = session.say(f"status.{status}") + (f" ({code})" if code else "")
            table.add_row(
                run_id, said_status, profile, f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"
            )
        session.out.print(table)


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
