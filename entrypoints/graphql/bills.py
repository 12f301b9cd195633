"""The bill of a run."""

import strawberry

from domain.bill import Bill, BillLine
from entrypoints.graphql.scalars import CreditAmount, credit_amount


@strawberry.type(name="BillLine", description="One component of a bill, or `preparation`.")
class BillLineType:
    """What was held for a line, and what became of it."""

    component: str = strawberry.field(description="The component; `preparation` is shared work.")
    held: CreditAmount = strawberry.field(description="The most it could cost.")
    charged: CreditAmount = strawberry.field(description="What it cost.")
    returned: CreditAmount = strawberry.field(description="What came back.")
    reason: str = strawberry.field(description="Why this much; empty while the run goes on.")

    @classmethod
    def of(cls, line: BillLine) -> "BillLineType":
        return cls(
            component=line.component,
            held=credit_amount(line.held),
            charged=credit_amount(line.charged),
            returned=credit_amount(line.returned),
            reason=line.reason,
        )


@strawberry.type(name="Bill", description="What a run held, cost and gave back.")
class BillType:
    """The sum of its lines."""

    held: CreditAmount = strawberry.field(description="Set aside at the start.")
    charged: CreditAmount = strawberry.field(description="Paid for what succeeded.")
    returned: CreditAmount = strawberry.field(description="Given back.")
    lines: list[BillLineType] = strawberry.field(description="By component.")

    @classmethod
    def of(cls, bill: Bill) -> "BillType":
        return cls(
            held=credit_amount(bill.held),
            charged=credit_amount(bill.charged),
            returned=credit_amount(bill.returned),
            lines=[BillLineType.of(line) for line in bill.lines],
        )
