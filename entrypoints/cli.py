"""The command line: `trendflow …`."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from entrypoints.commands import (
    analyze,
    certs,
    demo,
    doctor,
    estimate,
    ledger,
    listing,
    models,
    prices,
    requirements,
    schemas,
    serve,
    show,
    users,
    work,
)
from entrypoints.exits import Exit, exit_of, explained
from entrypoints.language import LANGUAGES, Language, language_of
from entrypoints.session import Session
from entrypoints.settings import Settings

_SHARED: Mapping[str, dict[str, Any]] = {
    "--data-dir": {
        "type": click.Path(path_type=Path, file_okay=False),
        "help": "Where results are kept (TRENDFLOW_DATA_DIR).",
    },
    "--lang": {"type": click.Choice(LANGUAGES), "help": "Language of messages and reports."},
}
"""What every command takes, before its name and after it; what stands last counts."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data-dir", **_SHARED["--data-dir"])
@click.option("--lang", **_SHARED["--lang"])
@click.version_option(package_name="trendflow")
@click.pass_context
def trendflow(context: click.Context, data_dir: Path | None, lang: str | None) -> None:
    """Measures a video: sound, text and picture, as charts and numbers one can trust."""
    del data_dir, lang
    context.obj = _session(context)


trendflow.add_command(analyze.analyze)
trendflow.add_command(analyze.resume)
trendflow.add_command(analyze.cancel)
trendflow.add_command(estimate.estimate)
trendflow.add_command(prices.prices)
trendflow.add_command(requirements.requirements)
trendflow.add_command(show.show)
trendflow.add_command(listing.runs)
trendflow.add_command(listing.components)
trendflow.add_command(listing.profiles)
trendflow.add_command(ledger.balance)
trendflow.add_command(ledger.ledger)
trendflow.add_command(ledger.topup)
trendflow.add_command(ledger.correct)
trendflow.add_command(users.users)
trendflow.add_command(doctor.doctor)
trendflow.add_command(models.models)
trendflow.add_command(demo.demo)
trendflow.add_command(schemas.schemas)
trendflow.add_command(serve.serve)
trendflow.add_command(serve.api)
trendflow.add_command(serve.sync)
trendflow.add_command(work.worker)
trendflow.add_command(work.maintain)
trendflow.add_command(work.relay)
trendflow.add_command(certs.certs)


def _told_again(context: click.Context, option: click.Parameter, value: Any) -> None:
    """An option of the program that stands behind a command's name: its session is another."""
    if value is not None:
        root = context.find_root()
        root.params[str(option.name)] = value
        context.obj = root.obj = _session(root)


def _share_options(group: click.Group) -> None:
    """Gives what the program takes to every command below a group; read before their own."""
    for command in group.commands.values():
        command.params += [
            click.Option([name], callback=_told_again, expose_value=False, is_eager=True, **form)
            for name, form in _SHARED.items()
        ]
        if isinstance(command, click.Group):
            _share_options(command)


def _session(context: click.Context) -> Session:
    data_dir = context.params["data_dir"]
    return Session(lambda: Settings.here(data_dir=data_dir), _language(context))


_share_options(trendflow)


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and ends the process with its exit code.

    Programs that set-up took from wheels stand beside the interpreter; the system's own go first.
    """
    beside = str(Path(sys.executable).parent)
    os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), beside])
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """One command; every refusal and failure becomes a sentence and an exit code."""
    asked: list[click.Context] = []
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with trendflow.make_context("trendflow", given) as context:
            asked.append(context)
            return int(trendflow.invoke(context) or Exit.OK)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return exit_of(wrong)
    except (click.Abort, KeyboardInterrupt):
        return Exit.CANCELLED
    except BrokenPipeError:
        # Whoever read the answer has seen enough of it; nothing may be said after that.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.OK
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, never a traceback
        language = _language(asked[0]) if asked else language_of(os.environ)
        code, exit_code, sentence = explained(error, language)
        click.echo(f"{code}: {sentence}", err=True)
        return exit_code


def _language(context: click.Context) -> Language:
    lang = context.params.get("lang")
    return language_of(os.environ if lang is None else {"LANG": lang})


if __name__ == "__main__":
    main()
