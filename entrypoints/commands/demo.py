"""`trendflow demo`: makes a video whose values are known, measures it, and compares."""

from importlib import import_module
from uuid import uuid4

import click

from application.use_cases.start_run import Request
from domain.ledger import LOCAL_USER
from domain.run import Run, RunStatus
from domain.video import Metadata
from entrypoints.commands.analyze import Call, carried_out
from entrypoints.demo.compare import Measured, compare, lines
from entrypoints.demo.timeline import TITLE
from entrypoints.demo.tools import ToolMissing, find_tools
from entrypoints.exits import Exit
from entrypoints.session import Session

PROFILE = "full"
DESCRIPTION = """Three ways to film at night with a small camera: light, focus and patience.

0:00 Intro
0:14 A face
0:23 Coffee

Ask below what you want to see next! #night #film
"""


@click.command()
@click.pass_obj
def demo(session: Session) -> int:
    """Make a sample video, analyse it and print measured beside known values.

    Ends with 1 when a value that was measured lies outside its tolerance.
    """
    container = session.installation
    try:
        tools = find_tools()
    except ToolMissing as missing:
        raise click.ClickException(str(missing)) from missing
    session.aside.print(session.say("cli.demo_making"))
    # Imported here: it loads what no other command needs.
    maker = import_module("entrypoints.demo.sample")
    sample = maker.make_sample(session.settings.data_dir / "demo", tools)
    run = container.accept_video().upload(
        sample,
        metadata=Metadata(title=TITLE, description=DESCRIPTION),
        profile=container.profiles().named(PROFILE),
        # Measured now: what an earlier demo found proves nothing of this one.
        request=Request(user_id=LOCAL_USER, key=f"demo:{uuid4()}", is_anew=True),
    )
    session.aside.print(session.say("cli.begun", run_id=run.id))
    ended = carried_out(Call(session, "text"), run.id)
    rows = compare(_measured(session, ended))
    session.out.print(session.say("cli.demo_table"))
    for line in lines(rows, session.language):
        session.out.print(line, markup=False)
    is_right = ended.status is RunStatus.OK and all(row.is_right is not False for row in rows)
    return Exit.OK if is_right else Exit.ERROR


def _measured(session: Session, run: Run) -> Measured:
    read = session.installation.read_artifact()
    return {name: read(run.id, name).arrays for name in run.components}
