"""`trendflow doctor`: whether everything that a run needs is there."""

import json
import shutil
from collections.abc import Callable

import click
from rich.table import Table

from application.errors import AdapterError
from entrypoints.certificate_check import checked_certificates
from entrypoints.commands.given import format_option
from entrypoints.exits import Exit
from entrypoints.observability.health import OK
from entrypoints.session import Session
from entrypoints.unserved import models_not_here

FREE_BYTES_MIN = 5 << 30
_OPTIONAL = {"youtube", "models"}
"""Without these some videos or components are refused, by name; the rest works."""


@click.command()
@format_option
@click.pass_obj
def doctor(session: Session, form: str) -> int:
    """Check ffmpeg and its confinement, the database, storage, certificates and YouTube."""
    checks = {
        "ffmpeg": lambda: str(session.container.tools().ffmpeg),
        "confinement": lambda: session.container.confinement().describe(),
        "data_dir": lambda: _data_dir(session),
        "database": lambda: _database(session),
        "storage": lambda: _storage(session),
        "youtube": lambda: _youtube(session),
        "certificates": lambda: _certificates(session),
        "components": lambda: _components(session),
        "models": lambda: _models(session),
        "webhooks": lambda: _webhooks(session),
    }
    found = {name: _checked(check) for name, check in checks.items()}
    found |= _parts(session, known=set(found))
    if form == "json":
        rows = {name: {"ok": fine, "what": what} for name, (fine, what) in found.items()}
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        table = Table(box=None, show_header=False)
        for name, (fine, what) in found.items():
            table.add_row(name, session.say("doctor.fine" if fine else "doctor.missing"), what)
        session.out.print(table)
    needed = (fine for name, (fine, _) in found.items() if name not in _OPTIONAL)
    return Exit.OK if all(needed) else Exit.ERROR


def _parts(session: Session, *, known: set[str]) -> dict[str, tuple[bool, str]]:
    """What /health of a process would say: every further part that this installation stands on."""
    parts = session.container.health()().parts
    return {name: (state == OK, state) for name, state in parts.items() if name not in known}


def _checked(check: Callable[[], str]) -> tuple[bool, str]:
    try:
        return True, check()
    except (AdapterError, OSError) as error:
        return False, str(error)


def _data_dir(session: Session) -> str:
    folder = session.settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / ".doctor"
    probe.write_bytes(b"")
    probe.unlink()
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES_MIN:
        wanted = FREE_BYTES_MIN >> 30
        raise OSError(session.say("doctor.too_full", gib=free >> 30, wanted=wanted))
    return session.say("doctor.free", gib=free >> 30)


def _database(session: Session) -> str:
    with session.installation.unit_of_work() as work:
        return session.say("doctor.runs", count=len(work.runs.newest(limit=1000)))


def _storage(session: Session) -> str:
    """What answers is asked; nothing of its address or keys is shown."""
    session.container.storage_check()
    storage = session.settings.storage
    if storage.kind == "s3":
        return session.say("doctor.bucket", name=storage.bucket)
    return session.say("doctor.folders")


def _certificates(session: Session) -> str:
    container = session.container
    now = container.clock().now()
    told = checked_certificates(session.settings, container.certificates(), now=now)
    return told or session.say("doctor.no_certificates")


def _components(session: Session) -> str:
    return session.say("doctor.components", count=len(session.container.catalogue().names))


def _webhooks(session: Session) -> str:
    return session.say("doctor.webhooks", policy=session.settings.operation.webhooks)


def _models(session: Session) -> str:
    """What is read in this process has to be here; a server's own health tells for itself."""
    where = "apart" if session.settings.serving.kind == "triton" else "here"
    repository = session.container.model_repository()
    off = {entry.name for entry in repository.entries if not entry.is_enabled}
    missing = models_not_here(session) - off
    if missing:
        raise OSError(session.say("doctor.models_missing", count=len(missing)))
    return session.say(f"doctor.models_{where}", count=len(repository.entries) - len(off))


def _youtube(session: Session) -> str:
    facts = session.container.remote().describe()
    if facts.get("javascript") == "runtime_missing":
        raise OSError(session.say("doctor.no_javascript"))
    return ", ".join(f"{name} {value}" for name, value in facts.items())
