"""`trendflow balance`, `ledger`, `topup` and `correct`: the credits that runs are paid with."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import click
from rich.table import Table

from domain.credits import Credits
from domain.errors import UserNotFound
from domain.identity import RunId
from domain.ledger import LOCAL_USER, Entry, GrantKind, UserId
from domain.ledger_orders import Correct, TopUp
from entrypoints.commands.given import RunIdType, format_option, key_option
from entrypoints.session import Session

user_option = click.option("--user", help="Name or id of a user; without it, the local user.")


@click.command()
@user_option
@format_option
@click.pass_obj
def balance(session: Session, user: str | None, form: str) -> None:
    """Show the credits that are free to use, and those held for runs under way."""
    container = session.installation
    container.expire_credits()()
    _show_balance(session, _user(session, user), form)


@click.command()
@click.option("--run", "run_id", type=RunIdType(), help="Only what was booked for one run.")
@user_option
@format_option
@click.pass_obj
def ledger(session: Session, run_id: RunId | None, user: str | None, form: str) -> None:
    """List what was booked, in double entry: every operation's postings sum to zero."""
    found = session.installation.read_ledger().entries(_user(session, user), run_id)
    if form == "json":
        click.echo(json.dumps({"postings": [_as_json(entry) for entry in found]}))
        return
    columns = ("number", "at", "operation", "account", "component", "credits", "reason")
    table = Table(box=None)
    for name in columns:
        table.add_column(session.say(f"cli.column_{name}"), no_wrap=name != "reason")
    for entry in found:
        posting = entry.posting
        table.add_row(
            str(entry.number),
            f"{entry.at:%Y-%m-%d %H:%M}",
            session.say(f"operation.{entry.kind}"),
            session.say(f"account.{posting.account}"),
            posting.component or "",
            f"{posting.kopecks / 100:+.2f}",
            posting.reason or entry.note,
        )
    session.out.print(table)


@click.command()
@click.argument("amount")
@user_option
@click.option("--note", default="", help="What for.")
@click.option("--promotional", is_flag=True, help="Given rather than paid for.")
@click.option("--expires", type=click.DateTime(["%Y-%m-%d"]), help="The day they expire (UTC).")
@key_option
@format_option
@click.pass_obj
def topup(session: Session, /, amount: str, user: str | None, form: str, **given: Any) -> None:
    """Give a user AMOUNT credits (1 credit = 1 rouble): an administrator's act."""
    user_id, expires = _user(session, user), given["expires"]
    container = session.installation
    order = TopUp(
        user_id=user_id,
        key=f"topup:{given['key'] or uuid4()}",
        amount=Credits.of(amount),
        at=container.clock().now(),
        kind=GrantKind.PROMOTIONAL if given["promotional"] else GrantKind.PAID,
        expires_at=expires.replace(tzinfo=UTC) if isinstance(expires, datetime) else None,
        note=given["note"],
    )
    container.top_up_credits()(order)
    _show_balance(session, user_id, form)


@click.command()
@click.argument("entry", type=click.IntRange(min=1))
@click.argument("amount")
@click.option("--reason", required=True, help="Why; it stands in the ledger.")
@user_option
@key_option
@format_option
@click.pass_obj
def correct(session: Session, /, entry: int, amount: str, form: str, **given: Any) -> None:
    """Undo AMOUNT credits of a charge or a top-up, by the number of its ENTRY in the ledger."""
    user_id = _user(session, given["user"])
    container = session.installation
    order = Correct(
        user_id=user_id,
        key=f"correct:{given['key'] or uuid4()}",
        entry=entry,
        amount=Credits.of(amount),
        reason=given["reason"],
        at=container.clock().now(),
    )
    container.correct_entry()(order)
    _show_balance(session, user_id, form)


def _show_balance(session: Session, user_id: UserId, form: str) -> None:
    found = session.installation.read_ledger().balance(user_id)
    if form == "json":
        amounts = {
            "available_kopecks": found.available.kopecks,
            "held_kopecks": found.held.kopecks,
        }
        click.echo(json.dumps(amounts))
    else:
        session.out.print(
            session.say("cli.balance", available=found.available, held=found.held), markup=False
        )


def _user(session: Session, name_or_id: str | None) -> UserId:
    if name_or_id is None:
        return LOCAL_USER
    if not name_or_id.isprintable():
        raise UserNotFound("nobody has a name like this")
    with session.installation.unit_of_work() as work:
        try:
            return work.users.get(UserId(UUID(name_or_id))).id
        except ValueError:
            return work.users.named(name_or_id).id


def _as_json(entry: Entry) -> dict[str, Any]:
    posting = entry.posting
    return {
        "number": entry.number,
        "account": str(posting.account),
        "kind": str(entry.kind),
        "component": posting.component,
        "kopecks": posting.kopecks,
        "run_id": str(entry.run_id) if entry.run_id else None,
        "at": entry.at.isoformat(),
        "reason": posting.reason,
        "corrects": posting.corrects,
        "note": entry.note,
    }
