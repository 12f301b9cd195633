"""`trendflow schemas`: writes the artifact schemas down, or tells when they are stale (R-306)."""

from pathlib import Path

import click

from entrypoints.exits import Exit
from entrypoints.schema_files import expected
from entrypoints.session import Session


@click.command(hidden=True)
@click.option("--check", is_flag=True, help="Only tell whether they are up to date.")
@click.pass_obj
def schemas(session: Session, *, check: bool) -> int:
    """Write every component's artifact schema as JSON and SCHEMA.md."""
    folder: Path = session.container.schemas_dir()
    files = expected(session.container.shipped())
    wanted = {folder / name: text for name, text in files.items()}
    stale = [f for f, text in wanted.items() if not f.exists() or f.read_text("utf-8") != text]
    strangers = {*folder.glob("*.json"), *folder.glob("*.md")} - wanted.keys()
    if check:
        for file in (*stale, *sorted(strangers)):
            click.echo(f"stale: {file.name} (make schemas)", err=True)
        return Exit.ERROR if stale or strangers else Exit.OK
    folder.mkdir(exist_ok=True)
    for file in strangers:
        file.unlink()
    for file, text in wanted.items():
        file.write_text(text, encoding="utf-8")
    return Exit.OK
