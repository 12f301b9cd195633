"""`trendflow models`: making, listing and verifying the repository of served models."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from difflib import unified_diff
from pathlib import Path

import click
from rich.table import Table

from application.ports.model_repository import ModelEntry, ModelRepository, ModelState
from entrypoints.commands.given import format_option
from entrypoints.exits import Exit
from entrypoints.models_map import triton_models
from entrypoints.session import Session


@click.group()
def models() -> None:
    """Build, list and verify the models that components ask."""


@models.command()
@click.argument("names", nargs=-1)
@click.option(
    "--unconfirmed-licence", is_flag=True, help="Also models whose licence nobody has confirmed."
)
@click.pass_obj
def build(session: Session, names: tuple[str, ...], *, unconfirmed_licence: bool) -> None:
    """Fetch NAMES (else all that are missing), verify their digests, lay them out."""
    repository = session.container.model_repository()
    chosen = _chosen(session, repository, names)
    for entry in chosen:
        if not entry.is_enabled and names and not unconfirmed_licence:
            raise click.UsageError(session.say("models.licence_unconfirmed", name=entry.name))
    wanted = [
        entry.name
        for entry in chosen
        if (entry.is_enabled or unconfirmed_licence)
        and repository.verify(entry.name) is not ModelState.READY
    ]
    if wanted:
        session.aside.print(session.say("models.building", names=", ".join(wanted)))
    repository.build(wanted)
    session.out.print(session.say("models.built", count=len(wanted)))


@models.command(name="list")
@format_option
@click.pass_obj
def list_models(session: Session, form: str) -> None:
    """List the models; as JSON with all that a component has to know of them."""
    repository = session.container.model_repository()
    _show(
        session,
        repository.entries,
        {e.name: repository.state(e.name) for e in repository.entries},
        form,
    )


@models.command()
@click.argument("names", nargs=-1)
@format_option
@click.pass_obj
def verify(session: Session, names: tuple[str, ...], form: str) -> int:
    """Read every byte of NAMES (else of all that are not off).

    Exits with 1 if one is damaged or not built.
    """
    repository = session.container.model_repository()
    chosen = _chosen(session, repository, names)
    states = {entry.name: repository.verify(entry.name) for entry in chosen}
    _show(session, chosen, states, form)
    # One that is off is nobody's to miss, unless it is asked for by name.
    fine = {ModelState.READY} if names else {ModelState.READY, ModelState.OFF}
    return Exit.OK if set(states.values()) <= fine else Exit.ERROR


@models.command(name="map")
@click.option(
    "--check",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Exit with 1 unless this file says the same; tell where it does not.",
)
@click.pass_obj
def map_models(session: Session, check: Path | None) -> int:
    """Write which models each component asks, in which version: the text of triton_models.yaml."""
    versions = {entry.name: entry.version for entry in session.container.model_repository().entries}
    asked = triton_models((one.spec for one in session.container.shipped()), versions)
    if check is None:
        click.echo(asked, nl=False)
        return Exit.OK
    given = check.read_text(encoding="utf-8")
    differing = unified_diff(
        given.splitlines(),
        asked.splitlines(),
        fromfile=str(check),
        tofile="trendflow models map",
        lineterm="",
    )
    click.echo("\n".join(differing), nl=given != asked)
    return Exit.OK if given == asked else Exit.ERROR


def _chosen(
    session: Session, repository: ModelRepository, names: tuple[str, ...]
) -> Sequence[ModelEntry]:
    known = {entry.name: entry for entry in repository.entries}
    for name in names:
        if name not in known:
            raise click.UsageError(session.say("models.unknown", name=name))
    return [known[name] for name in names] if names else list(repository.entries)


def _show(
    session: Session, entries: Sequence[ModelEntry], states: dict[str, ModelState], form: str
) -> None:
    if form == "json":
        rows = [{"state": str(states[entry.name]), **asdict(entry)} for entry in entries]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table(box=None)
    for column in ("model", "version", "state", "licence", "task"):
        table.add_column(session.say(f"models.column_{column}"), no_wrap=column == "model")
    for entry in entries:
        state = session.say(f"models.{states[entry.name]}")
        table.add_row(entry.name, entry.version, state, entry.licence, entry.task)
    session.out.print(table)
