"""`trendflow demo`: makes a video whose values are known, measures it, compares."""

import click

from entrypoints.session import Session


@click.command()
@click.pass_obj
def demo(session: Session) -> int:
    """Make a sample video, analyse it and print measured beside known values."""
    raise click.ClickException(session.say("cli.demo_making"))
