"""`trendflow users`: who may sign in, and who administers."""

import json
import sys

import click
from rich.table import Table

from entrypoints.commands.given import format_option
from entrypoints.session import Session

PASSWORD_LINE_CHARACTERS_MAX = 1024


@click.group()
def users() -> None:
    """See who has signed up, add somebody, make an administrator."""


@users.command(name="list")
@format_option
@click.pass_obj
def list_users(session: Session, form: str) -> None:
    """List everybody, by address."""
    read, rows, after = session.installation.read_account(), [], ""
    while page := read.users(after=after):
        rows += [(one.user, one.plan) for one in page]
        after = page[-1].user.name
    if form == "json":
        listed = [
            {
                "user_id": str(user.id),
                "email": user.name,
                "plan": str(plan),
                "is_administrator": user.is_administrator,
                "created_at": user.created_at.isoformat(),
            }
            for user, plan in rows
        ]
        click.echo(json.dumps(listed))
        return
    table = Table(box=None)
    for name in ("user", "plan", "administrator", "since"):
        table.add_column(session.say(f"cli.column_{name}"), no_wrap=True)
    for user, plan in rows:
        mark = session.say("cli.yes") if user.is_administrator else ""
        table.add_row(user.name, str(plan), mark, f"{user.created_at:%Y-%m-%d}")
    session.out.print(table)


@users.command()
@click.argument("email")
@click.pass_obj
def add(session: Session, email: str) -> None:
    """Add a user who signs in with EMAIL; the password is asked for, or read from a pipe."""
    session.installation.add_user()(email, _password(session))
    session.out.print(session.say("cli.user_added"))


@users.command()
@click.argument("email")
@click.pass_obj
def password(session: Session, email: str) -> None:
    """Give the user with EMAIL a new password; every session of theirs ends."""
    session.installation.reset_password()(email, _password(session))
    session.out.print(session.say("cli.password_set"))


@users.command()
@click.argument("email")
@click.pass_obj
def promote(session: Session, email: str) -> None:
    """Make the user with EMAIL an administrator, who sets prices, plans and tops up."""
    session.installation.make_administrator()(email)
    session.out.print(session.say("cli.user_promoted"))


def _password(session: Session) -> str:
    """Typed twice without being shown; from a pipe, its first line."""
    if not sys.stdin.isatty():
        line = sys.stdin.readline(PASSWORD_LINE_CHARACTERS_MAX)
        return line.removesuffix("\n").removesuffix("\r")
    typed: str = click.prompt(
        session.say("cli.password"),
        hide_input=True,
        confirmation_prompt=session.say("cli.password_again"),
        err=True,
    )
    return typed
