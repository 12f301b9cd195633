"""`trendflow schemas`: writes the schemas down, or tells when they are stale (R-306)."""

from importlib import import_module
from importlib.resources import files
from pathlib import Path

import click

from entrypoints.exits import Exit
from entrypoints.feature_files import feature_file, unversioned_changes
from entrypoints.models_page import models_page
from entrypoints.refusal_page import refusal_page
from entrypoints.schema_files import expected
from entrypoints.session import Session

DOCS = Path(str(files("entrypoints"))).parent / "docs"
FEATURES = Path("forecast", "features.json")
REFUSALS, MODELS = DOCS / "refusals.md", DOCS / "models.md"


@click.command(hidden=True)
@click.option("--check", is_flag=True, help="Only tell whether they are up to date.")
@click.option("--breaking", is_flag=True, help="Write the API's also when it breaks its users.")
@click.pass_obj
def schemas(session: Session, *, check: bool, breaking: bool) -> int:
    """Write every component's schema as JSON and SCHEMA.md, the features, the API's and pages."""
    folder: Path = session.container.schemas_dir()
    artifacts = expected(session.container.shipped())
    strangers = {*folder.glob("*.json"), *folder.glob("*.md")} - {folder / f for f in artifacts}
    printing = import_module("entrypoints.graphql.printed")
    api = Path(str(files("entrypoints").joinpath("graphql", "schema.graphql")))
    wanted = {folder / name: text for name, text in artifacts.items()}
    features = session.container.feature_schema()
    wanted[folder / FEATURES] = feature_file(features)
    if REFUSALS.parent.is_dir():
        # An installed program has no documentation beside it.
        wanted[REFUSALS] = refusal_page()
        wanted[MODELS] = models_page(session.container.model_repository().entries)
    stale = [f for f, text in wanted.items() if not f.exists() or f.read_text("utf-8") != text]
    broken = printing.breaking_changes(api.read_text("utf-8"), wanted[api]) if api in stale else []
    broken = [f"breaks users of the API: {change}" for change in broken]
    if (folder / FEATURES).exists():
        broken += unversioned_changes((folder / FEATURES).read_text("utf-8"), features)
    for sentence in broken:
        click.echo(sentence, err=True)
    if check:
        for file in (*stale, *sorted(strangers)):
            click.echo(f"stale: {file.name} (make schemas)", err=True)
        return Exit.ERROR if stale or strangers else Exit.OK
    if broken and not breaking:
        click.echo("not written; --breaking writes it all the same", err=True)
        return Exit.ERROR
    folder.mkdir(exist_ok=True)
    for file in strangers:
        file.unlink()
    for file, text in wanted.items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Exit.OK
