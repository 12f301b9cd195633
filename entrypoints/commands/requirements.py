"""`trendflow requirements`: what a measurement of each component takes, and changing it."""

import json
from collections.abc import Mapping
from dataclasses import asdict

import click
from rich.table import Table

from domain.batch import Requirements
from entrypoints.commands.given import format_option
from entrypoints.container import Container
from entrypoints.session import Session


@click.group()
def requirements() -> None:
    """Show and set the memory and cores that measuring takes: batches are planned by them."""


@requirements.command()
@format_option
@click.pass_obj
def show(session: Session, form: str) -> None:
    """Show what one measurement of each component takes of a machine."""
    _show(session, _seeded(session).show_requirements()(), form)


@requirements.command(name="set")
@click.argument("component")
@click.option("--memory-mib", type=click.IntRange(min=1), help="Memory, beside what others take.")
@click.option("--gpu-memory-mib", type=click.IntRange(min=0), help="Memory of a GPU.")
@click.option("--cores", type=click.IntRange(min=1), help="Cores that it keeps busy.")
@format_option
@click.pass_obj
def set_requirements(session: Session, /, component: str, form: str, **given: int | None) -> None:
    """Set what COMPONENT takes, from the next batch on; what is left out stays."""
    figures = {name: value for name, value in given.items() if value is not None}
    if not figures:
        raise click.UsageError(session.say("cli.nothing_to_set"))
    row = _seeded(session).set_requirements()(component, figures)
    _show(session, {component: row}, form)


def _seeded(session: Session) -> Container:
    """The installation once every component of it has its row; a worker does it too."""
    container = session.installation
    container.seed_requirements()()
    return container


def _show(session: Session, rows: Mapping[str, Requirements], form: str) -> None:
    found = sorted(rows.items())
    if form == "json":
        click.echo(json.dumps({"components": [{"name": name, **asdict(r)} for name, r in found]}))
        return
    table = Table(box=None)
    table.add_column(session.say("cli.column_component"), no_wrap=True)
    for column in ("memory_mib", "gpu_memory_mib", "cores"):
        table.add_column(session.say(f"cli.column_{column}"), justify="right")
    for name, row in found:
        table.add_row(name, str(row.memory_mib), str(row.gpu_memory_mib), str(row.cores))
    session.out.print(table)
