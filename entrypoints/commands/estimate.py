"""`trendflow estimate`: seconds per component before anything starts."""

import json
from typing import Any

import click
from rich.table import Table

from domain.effort import PREPARATION, Effort
from entrypoints.commands.given import (
    format_option,
    link_of,
    metadata_of,
    profile_of,
    video_options,
)
from entrypoints.session import Session


@click.command()
@video_options
@format_option
@click.pass_obj
def estimate(session: Session, /, source: str, profile: str, form: str, **given: Any) -> None:
    """Tell how long each component of a profile will take on a video."""
    container = session.installation
    chosen, link = profile_of(session, profile), link_of(source)
    if link is None:
        metadata = metadata_of(given)
        found = container.estimate_run().upload(
            session.path(source), metadata=metadata, profile=chosen
        )
    else:
        found = container.estimate_run().link(link, profile=chosen)
    if form == "json":
        click.echo(json.dumps(_as_json(found), ensure_ascii=False))
    else:
        session.out.print(_as_table(session, found))
        session.out.print(session.say("cli.estimate_note"))


def _as_json(found: Effort) -> dict[str, Any]:
    lines = [
        {"name": line.name, "units": round(line.units, 3), "seconds": round(line.seconds, 3)}
        for line in found.lines
    ]
    return {"components": lines, "total_seconds": round(found.seconds, 3)}


def _as_table(session: Session, found: Effort) -> Table:
    table = Table(session.say("cli.column_component"), box=None)
    for column in ("units", "seconds"):
        table.add_column(session.say(f"cli.column_{column}"), justify="right")
    for line in found.lines:
        name = session.say("cli.preparation") if line.name == PREPARATION else line.name
        table.add_row(name, f"{line.units:,.0f}", f"{line.seconds:.2f}")
    table.add_row(session.say("cli.total"), "", f"{found.seconds:.2f}", style="bold")
    return table
