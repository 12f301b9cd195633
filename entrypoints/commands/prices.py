"""`trendflow prices`: what components cost, changing it, and fitting cost models to runs."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click
from rich.table import Table

from application.use_cases.set_price import PriceChange
from domain.calibration import RUNS_MIN, Calibration
from domain.price_list import ComponentPrice, PriceList, Steps, figure
from entrypoints.commands.given import format_option
from entrypoints.session import Session

_FIGURES = ("base", "cpu_rate", "gpu_rate", "markup_percent", "empty_price", "reused_price")
_STEPS = ("resolution_factors", "duration_factors")


@click.group()
def prices() -> None:
    """Show and set what components cost; fit the cost models to finished runs."""


@prices.command()
@format_option
@click.pass_obj
def show(session: Session, form: str) -> None:
    """Show the prices in force: roubles, and roubles a second."""
    _show(session, session.installation.show_prices()(), form)


@prices.command(name="set")
@click.argument("component")
@click.option("--base", help="Roubles for each result.")
@click.option("--cpu-rate", help="Roubles a processor second.")
@click.option("--gpu-rate", help="Roubles a GPU second.")
@click.option("--markup", "markup_percent", help="Percent on top of it all.")
@click.option("--empty-price", help="Roubles for an empty result.")
@click.option("--reused-price", help="Roubles for a result that was there already.")
@click.option(
    "--resolution-factors", help="By the short side in pixels, rising: 720:1,1080:1.5,2160:2.5."
)
@click.option("--duration-factors", help="By minutes, rising: 10:1,60:0.9.")
@format_option
@click.pass_obj
def set_price(session: Session, /, component: str, form: str, **given: str | None) -> None:
    """Set the price of COMPONENT (or of `preparation`) from now on; what is left out stays."""
    change = PriceChange(
        figures={n: figure(n, text) for n in _FIGURES if (text := given[n]) is not None},
        steps={n: _steps(n, text) for n in _STEPS if (text := given[n]) is not None},
    )
    if not change.figures and not change.steps:
        raise click.UsageError(session.say("cli.nothing_to_set"))
    found = session.installation.set_price()(component, change)
    _show(session, replace(found, prices={component: found[component]}), form)


@prices.command()
@click.option("--from-runs", is_flag=True, required=True, help="Fit to what finished runs took.")
@click.option("--dry-run", is_flag=True, help="Only show the old and the new beside each other.")
@format_option
@click.pass_obj
def calibrate(session: Session, *, from_runs: bool, dry_run: bool, form: str) -> None:
    """Fit the cost models anew; a component with too few runs keeps its model."""
    del from_runs
    found = session.installation.calibrate_costs()(dry_run=dry_run)
    if form == "json":
        rows = [_calibration(each) for each in found]
        click.echo(json.dumps({"runs_min": RUNS_MIN, "dry_run": dry_run, "components": rows}))
        return
    session.out.print(_calibration_table(session, found))
    few = sum(each.new is None for each in found)
    if few:
        session.out.print(session.say("cli.too_few_runs", count=few, minimum=RUNS_MIN))
    fitted = len(found) - few
    session.out.print(
        session.say("cli.would_calibrate" if dry_run else "cli.calibrated", count=fitted)
    )


def _show(session: Session, found: PriceList, form: str) -> None:
    if form == "json":
        rows = [{"name": name, **_price(price)} for name, price in sorted(found.prices.items())]
        valid_from = found.valid_from.isoformat()
        answer = {"version": found.version, "valid_from": valid_from, "components": rows}
        click.echo(json.dumps(answer))
        return
    session.out.print(
        session.say(
            "cli.price_list",
            version=found.version,
            valid_from=found.valid_from,
        )
    )
    columns = ("base", "cpu_rate", "gpu_rate", "markup", "empty", "reused", "by_px", "by_min")
    table = _table(session, columns)
    for name, price in sorted(found.prices.items()):
        figures = (price.base, price.cpu_rate, price.gpu_rate, price.markup_percent)
        steps = _said(price.resolution_factors), _said(price.duration_factors)
        results = str(price.of_empty), str(price.of_reused)
        table.add_row(name, *(f"{value:f}" for value in figures), *results, *steps)
    session.out.print(table)


def _price(price: ComponentPrice) -> dict[str, Any]:
    empty = price.empty_price
    return {
        "base": f"{price.base:f}",
        "cpu_rate": f"{price.cpu_rate:f}",
        "gpu_rate": f"{price.gpu_rate:f}",
        "resolution_factors": [[end, f"{factor:f}"] for end, factor in price.resolution_factors],
        "duration_factors": [[end, f"{factor:f}"] for end, factor in price.duration_factors],
        "markup_percent": f"{price.markup_percent:f}",
        "empty_price": None if empty is None else f"{empty:f}",
        "reused_price": f"{price.reused_price:f}",
    }


def _steps(name: str, text: str) -> Steps:
    """Steps as a person writes them: `720:1,1080:1.5`; raises InvalidPrice."""
    pairs = [part.partition(":") for part in text.split(",")]
    ends = [figure(name, end.strip()) for end, _, _ in pairs]
    factors = [figure(name, factor.strip()) for _, _, factor in pairs]
    if any(end != int(end) for end in ends):
        raise click.BadParameter("whole numbers before the colon", param_hint=name)
    return tuple((int(end), factor) for end, factor in zip(ends, factors, strict=True))


def _said(steps: Steps) -> str:
    return ",".join(f"{end}:{factor:f}" for end, factor in steps)


def _calibration(each: Calibration) -> dict[str, Any]:
    models = {"old": each.old, "new": each.new}
    figures = {
        name: None
        if model is None
        else {
            "a_s": model.a_s,
            "b_s_per_unit": model.b_s_per_unit,
            "p90_factor": model.p90_factor,
        }
        for name, model in models.items()
    }
    return {
        "name": each.component,
        "runs": each.runs,
        **figures,
        "old_error": each.old_error,
        "new_error": each.new_error,
    }


def _calibration_table(session: Session, found: Sequence[Calibration]) -> Table:
    table = _table(session, ("runs", "old", "new", "old_error", "new_error"))
    for each in found:
        models = (
            "" if model is None else f"{model.a_s:.3g} + {model.b_s_per_unit:.3g} n"
            for model in (each.old, each.new)
        )
        errors = (
            "" if error is None else f"{error:.0%}" for error in (each.old_error, each.new_error)
        )
        table.add_row(each.component, str(each.runs), *models, *errors)
    return table


def _table(session: Session, columns: Sequence[str]) -> Table:
    table = Table(box=None)
    table.add_column(session.say("cli.column_component"), no_wrap=True)
    for column in columns:
        table.add_column(session.say(f"cli.column_{column}"), justify="right")
    return table
