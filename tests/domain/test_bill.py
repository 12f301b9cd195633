"""A bill says why each line is as it is, also one that nothing was held for."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.bill import FREE, REUSED, bill
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import Hold, HoldId, HoldState, UserId

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kopecks", "reused", "reason"),
    [(0, {"tempo"}, REUSED), (0, {"motion"}, FREE), (0, set(), FREE), (5, {"tempo"}, "")],
)
def test_what_was_taken_over_for_nothing_is_not_told_to_be_free(
    kopecks: int, reused: set[str], reason: str
) -> None:
    """R-509: nobody is led to think that measuring it costs nothing."""
    hold = Hold(
        id=HoldId(uuid4()),
        user_id=UserId(uuid4()),
        run_id=RunId(uuid4()),
        state=HoldState.SETTLED,
        lines={"tempo": Credits(kopecks)},
        parts=(),
        expires_at=NOON + timedelta(days=1),
    )
    assert [line.reason for line in bill(hold, [], reused=reused).lines] == [reason]
