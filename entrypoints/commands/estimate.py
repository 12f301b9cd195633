"""`trendflow estimate`: seconds and credits per component before anything starts."""

import json
from typing import Any

import click
from rich.table import Table

from application.queueing import Queueing
from domain.effort import PREPARATION
from domain.errors import MetadataRequired
from domain.estimate import Estimate, ForecastPart
from domain.ledger import LOCAL_USER
from domain.profile import Profile
from domain.video import Metadata
from entrypoints.commands.given import (
    anew_option,
    format_option,
    link_of,
    metadata_of,
    profile_of,
    video_options,
)
from entrypoints.session import Session
from entrypoints.unserved import unserved_components, warn_of_unserved


@click.command()
@video_options
@anew_option
@format_option
@click.pass_obj
def estimate(session: Session, /, source: str, profile: str, form: str, **given: Any) -> None:
    """Tell what each component of a profile will take and cost on a video, at most and usually."""
    estimate_run = session.installation.estimate_run()
    chosen = profile_of(session, profile)
    asked: dict[str, Any] = {
        "metadata": metadata_of(given),
        "profile": chosen,
        "user_id": LOCAL_USER,
        "is_anew": given["anew"],
    }
    link = link_of(source)
    if link is None:
        found = estimate_run.upload(session.path(source), **asked)
    else:
        found = estimate_run.link(link, **asked)
    part = found.forecast_part(session.installation.catalogue().tier0)
    if form == "json":
        told = _as_json(found, part) | {"unserved": unserved_components(session, chosen)}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _show(session, found, part)
        warn_of_unserved(session, chosen)
        if link is None:
            _warn_of_lacking(session, asked["metadata"], chosen)


def _warn_of_lacking(session: Session, metadata: Metadata, profile: Profile) -> None:
    """Says on standard error what a start would be refused for; of a link the platform tells."""
    container = session.installation
    queueing = Queueing(container.catalogue(), container.clock())
    field = queueing.lacking(metadata, profile)
    if field is not None:
        needed = session.say(MetadataRequired(field).code)
        session.aside.print(session.say("cli.estimate_lacking", needed=needed))


def _as_json(found: Estimate, part: ForecastPart) -> dict[str, Any]:
    lines = [
        {
            "name": line.name,
            "units": round(line.units, 3),
            "seconds_p50": round(line.seconds_p50, 3),
            "seconds_p90": round(line.seconds_p90, 3),
            "kopecks": line.most.kopecks,
            "usually_kopecks": line.usually.kopecks,
            "for_forecast": line in part.lines,
            "measured_at": line.reused.measured_at.isoformat() if line.reused else None,
        }
        for line in found.lines
    ]
    return {
        "estimate_id": str(found.id),
        "price_list_version": found.price_list_version,
        "components": lines,
        "total_seconds_p50": round(found.seconds_p50, 3),
        "total_seconds_p90": round(found.seconds_p90, 3),
        "total_kopecks": found.total.kopecks,
        "usually_kopecks": found.usually.kopecks,
        "forecast_kopecks": part.total.kopecks,
        "forecast_usually_kopecks": part.usually.kopecks,
        "forecast_missing": list(part.missing),
        "hold_kopecks": found.hold.kopecks,
        "expires_at": found.expires_at.isoformat(),
    }


def _show(session: Session, found: Estimate, part: ForecastPart) -> None:
    session.out.print(_as_table(session, found, part))
    most, usually = str(found.total), str(found.usually)
    session.out.print(session.say("cli.estimate_most", most=most, usually=usually))
    if found.reused:
        moments = [result.measured_at for result in found.reused.values()]
        oldest = min(moments).astimezone().strftime("%Y-%m-%d %H:%M")
        session.out.print(session.say("cli.estimate_reused", count=len(moments), oldest=oldest))
    until = found.expires_at.astimezone().strftime("%H:%M")
    session.out.print(session.say("cli.estimate_until", until=until, number=found.id))
    session.out.print(session.say("cli.estimate_note"))


def _as_table(session: Session, found: Estimate, part: ForecastPart) -> Table:
    table = Table(box=None)
    table.add_column(session.say("cli.column_component"), no_wrap=True)
    for column in ("units", "seconds_p50", "seconds_p90", "usually", "most"):
        table.add_column(session.say(f"cli.column_{column}"), justify="right")
    for line in found.lines:
        name = session.say("cli.preparation") if line.name == PREPARATION else line.name
        name = session.say("cli.reused", name=name) if line.reused else name
        seconds = f"{line.seconds_p50:.2f}", f"{line.seconds_p90:.2f}"
        table.add_row(name, f"{line.units:,.0f}", *seconds, str(line.usually), str(line.most))
    seconds = f"{part.seconds_p50:.2f}", f"{part.seconds_p90:.2f}"
    amounts = str(part.usually), str(part.total)
    table.add_row(session.say("cli.for_forecast"), "", *seconds, *amounts, style="dim")
    seconds = f"{found.seconds_p50:.2f}", f"{found.seconds_p90:.2f}"
    amounts = str(found.usually), str(found.total)
    table.add_row(session.say("cli.total"), "", *seconds, *amounts, style="bold")
    return table
