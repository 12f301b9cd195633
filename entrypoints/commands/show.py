"""`trendflow show`: one artifact as readable text or as JSON."""

import json

import click

from application.presentation import as_json, as_text
from domain.identity import RunId
from entrypoints.commands.given import RunIdType, format_option
from entrypoints.language import explain_failure
from entrypoints.session import Session


@click.command()
@click.argument("run_id", type=RunIdType())
@click.argument("component")
@format_option
@click.pass_obj
def show(session: Session, run_id: RunId, component: str, form: str) -> None:
    """Show what a COMPONENT measured in a run."""
    found = session.installation.read_artifact()(run_id, component)
    if form == "json":
        answer = {"arrays": as_json(found.arrays), "meta": found.meta}
        click.echo(json.dumps(answer, ensure_ascii=False, allow_nan=False))
    elif found.arrays:
        session.out.print(
            as_text(found.arrays, found.schema, language=session.language), markup=False
        )
    else:
        reason = session.say(f"status.{found.ended.status}")
        if found.ended.empty_reason is not None:
            reason = session.say(f"empty.{found.ended.empty_reason}")
        elif found.ended.failure is not None:
            reason = explain_failure(found.ended.failure, session.language).removesuffix(".")
        session.out.print(
            session.say("cli.ended_without", component=component, reason=reason), markup=False
        )
