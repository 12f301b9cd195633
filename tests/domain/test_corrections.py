"""Charges are given back and top-ups taken back, in bounds and by name (R-608)."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest

from domain import bookkeeping
from domain.errors import (
    DomainError,
    InsufficientCredits,
    NotCorrectable,
)
from domain.ledger import (
    Account,
    GrantId,
    GrantKind,
    OperationKind,
)
from tests.builders import NOON
from tests.domain.postings import sources, told
from tests.ledgers import (
    a_correction,
    a_grant,
    a_user,
    an_entry,
)

USER = a_user()
DAY = timedelta(days=1)
FIRST, SECOND = (GrantId(UUID(int=number)) for number in (1, 2))
LASTING = a_grant(100, id=FIRST)
ENDING = a_grant(100, id=SECOND, kind=GrantKind.PROMOTIONAL, expires_at=NOON + DAY)

CHARGE = an_entry(OperationKind.SETTLE, Account.REVENUE, 60, grant_id=SECOND, component="shots")
TOP_UP = an_entry(OperationKind.TOP_UP, Account.AVAILABLE, 100, grant_id=FIRST)


def test_a_charge_is_given_back_to_its_grant_naming_the_original() -> None:
    """R-608."""
    order = a_correction(USER, CHARGE.number, 25, reason="the film was ours")
    postings = bookkeeping.corrected(order, CHARGE, ENDING, corrected_kopecks=0)
    expected = (Account.AVAILABLE, 25, SECOND, "shots", "the film was ours")
    assert told(postings) == [expected]
    assert sources(postings) == {Account.CORRECTIONS}
    assert {posting.corrects for posting in postings} == {CHARGE.number}


def test_a_charge_of_a_grant_that_has_expired_is_given_back_and_gone() -> None:
    order = a_correction(USER, CHARGE.number, 25, at=NOON + DAY)
    postings = bookkeeping.corrected(order, CHARGE, ENDING, corrected_kopecks=0)
    assert [moved[:3] for moved in told(postings)] == [(Account.EXPIRED, 25, SECOND)]
    assert sources(postings) == {Account.CORRECTIONS}


def test_a_top_up_is_taken_back() -> None:
    order = a_correction(USER, TOP_UP.number, 100)
    postings = bookkeeping.corrected(order, TOP_UP, LASTING, corrected_kopecks=0)
    assert [moved[:3] for moved in told(postings)] == [(Account.CORRECTIONS, 100, FIRST)]
    assert sources(postings) == {Account.AVAILABLE}


@pytest.mark.parametrize(
    ("kopecks", "earlier", "available", "refusal"),
    [
        (61, 0, 100, NotCorrectable),
        (21, 40, 100, NotCorrectable),
        (1, 60, 100, NotCorrectable),
        (60, 0, 0, None),
        (20, 40, 0, None),
    ],
)
def test_a_charge_is_given_back_once_at_most(
    kopecks: int, earlier: int, available: int, refusal: type[DomainError] | None
) -> None:
    grant = replace(ENDING, available_kopecks=available)
    order = a_correction(USER, CHARGE.number, kopecks)
    if refusal is None:
        assert bookkeeping.corrected(order, CHARGE, grant, corrected_kopecks=earlier)
    else:
        with pytest.raises(refusal):
            bookkeeping.corrected(order, CHARGE, grant, corrected_kopecks=earlier)


def test_a_top_up_that_was_used_is_not_taken_back() -> None:
    used = replace(LASTING, available_kopecks=40, held_kopecks=60)
    order = a_correction(USER, TOP_UP.number, 41)
    with pytest.raises(InsufficientCredits) as refusal:
        bookkeeping.corrected(order, TOP_UP, used, corrected_kopecks=0)
    assert refusal.value.fields == {"asked": "0.41", "available": "0.40"}


CORRECTABLE = {(kind, Account.REVENUE) for kind in OperationKind}
CORRECTABLE |= {(OperationKind.TOP_UP, Account.AVAILABLE)}


@pytest.mark.parametrize(
    ("kind", "account"), sorted(set(product(OperationKind, Account)) - CORRECTABLE)
)
def test_nothing_but_a_charge_or_a_top_up_is_corrected(
    kind: OperationKind, account: Account
) -> None:
    """A correction itself is not: who erred in it books a top-up, or a correction of that."""
    original = an_entry(kind, account, 50, grant_id=FIRST)
    with pytest.raises(NotCorrectable):
        bookkeeping.corrected(
            a_correction(USER, original.number, 5), original, LASTING, corrected_kopecks=0
        )
