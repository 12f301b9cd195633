"""The bill of a run, as a person reads it at its end."""

from rich.table import Table

from domain.bill import Bill
from domain.effort import PREPARATION
from entrypoints.session import Session


def bill_table(session: Session, bill: Bill) -> Table:
    """Estimated, charged and returned credits by component, each with the reason."""
    table = Table(session.say("cli.column_component"), box=None, title=session.say("cli.bill"))
    for column in ("held", "charged", "returned"):
        table.add_column(session.say(f"cli.column_{column}"), justify="right")
    table.add_column(session.say("cli.column_reason"))
    for line in bill.lines:
        name = session.say("cli.preparation") if line.component == PREPARATION else line.component
        reason = session.say(f"bill.{line.reason}") if line.reason else ""
        table.add_row(name, str(line.held), str(line.charged), str(line.returned), reason)
    total = (str(bill.held), str(bill.charged), str(bill.returned))
    table.add_row(session.say("cli.total"), *total, "", style="bold")
    return table
