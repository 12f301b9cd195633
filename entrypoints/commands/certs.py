"""`trendflow certs`: certificates for development, and when they end."""

import json
import re
from pathlib import Path

import click
from rich.table import Table

from domain.certificate import DAYS_MAX, DAYS_USUAL
from entrypoints.commands.given import format_option
from entrypoints.session import Session
from entrypoints.wording import day_in_words

FOLDER = "certificates"
_NAME = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f.:]{2,45}", re.ASCII)


@click.command()
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where they are kept.  [default: certificates in the data directory]",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A further host name or address of the server, beside localhost; may be repeated.",
)
@click.option(
    "--days",
    type=click.IntRange(1, DAYS_MAX),
    default=DAYS_USUAL,
    show_default=True,
    help="How long they are good.",
)
@click.option("--renew", "is_renewal", is_flag=True, help="Make new ones in place of those there.")
@format_option
@click.pass_obj
def certs(  # noqa: PLR0913 - each is an option of the command line
    session: Session,
    *,
    folder: Path | None,
    names: tuple[str, ...],
    days: int,
    is_renewal: bool,
    form: str,
) -> None:
    """Make an authority, a server's certificate and a client's, for mutual TLS in development.

    Renewed ones are taken up by what runs, without a restart. In production they come from your
    own authority.
    """
    wrong = next((name for name in names if not _NAME.fullmatch(name)), None)
    if wrong is not None:
        raise click.BadParameter("a host name in small letters or an address", param_hint="--name")
    make = session.container.make_certificates()
    made = make(
        folder.absolute() if folder else session.settings.data_dir / FOLDER,
        names=names,
        days=days,
        is_renewal=is_renewal,
    )
    if form == "json":
        rows = [
            {
                "role": str(one.role),
                "file": str(one.file),
                "key": str(one.file.with_suffix(".key")),
                "ends_at": one.term.ends_at.isoformat(),
                "is_new": one.is_new,
            }
            for one in made
        ]
        click.echo(json.dumps(rows))
        return
    table = Table(box=None, show_header=False)
    for one in made:
        until = session.say("certs.until", day=day_in_words(one.term.ends_at, session.language))
        kept = "" if one.is_new else session.say("certs.kept")
        table.add_row(str(one.file), until, kept)
    session.out.print(table)
