"""The contract and the machine are tested themselves: each wrong ledger is caught."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from adapters.sql.books import SqlBooks
from domain.errors import DomainError
from domain.ledger import Outcome
from tests.contracts.ledger import LedgerContract
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.ledger_keys import ORDERS, Orders
from tests.contracts.ledger_machine import LedgerMachine
from tests.contracts.wrong_ledgers import (
    CheckThenAct,
    GuardBeforeLock,
    ReadModifyWrite,
    keeping_keys_apart,
    settling_above_hold,
    wrong_in_sql,
)
from tests.ledgers import outcomes

CAUGHT = (AssertionError, pytest.fail.Exception, DomainError)


class Contract(LedgerContract):
    """Its tests, to be called."""

    __test__ = False

    @pytest.fixture
    def units(self) -> LedgerUnits:
        raise NotImplementedError


RACY = [CheckThenAct, ReadModifyWrite, GuardBeforeLock]


@pytest.mark.parametrize("books", RACY)
def test_a_ledger_that_loses_a_race_is_caught(postgres_engine: Engine, books: type) -> None:
    """Eight who drain one balance at once overdraw it, or fail on what the table itself guards."""
    units = wrong_in_sql(postgres_engine, books)
    with pytest.raises((*CAUGHT, IntegrityError)):
        Contract().test_many_who_drain_one_balance_at_once_never_overdraw_it(units)


@pytest.mark.parametrize("books", [CheckThenAct, ReadModifyWrite])
def test_a_ledger_that_does_not_lock_books_one_request_twice(
    postgres_engine: Engine, books: type
) -> None:
    units = wrong_in_sql(postgres_engine, books)
    with pytest.raises((*CAUGHT, IntegrityError)):
        Contract().test_one_request_sent_many_times_at_once_books_once(units)


@pytest.mark.parametrize("books", [*RACY, SqlBooks])
def test_who_is_alone_sees_no_difference(postgres_engine: Engine, books: type) -> None:
    """The races are what is caught above, not some other mistake."""
    units = wrong_in_sql(postgres_engine, books)
    contract = Contract()
    contract.test_more_than_there_is_cannot_be_held(units)
    contract.test_a_refusal_does_not_use_up_its_key(units)


def test_the_races_are_won_by_the_ledger_that_is_right(postgres_engine: Engine) -> None:
    units = wrong_in_sql(postgres_engine, SqlBooks)
    contract = Contract()
    contract.test_many_who_drain_one_balance_at_once_never_overdraw_it(units)
    contract.test_one_request_sent_many_times_at_once_books_once(units)


@pytest.mark.parametrize("ends", [outcomes(loudness=301), outcomes(key=1)])
def test_charging_above_a_line_is_caught_by_the_contract(ends: dict[str, Outcome]) -> None:
    """Hardening 35."""
    with pytest.raises(CAUGHT):
        Contract().test_more_than_was_held_for_a_component_cannot_be_charged(
            settling_above_hold(), ends
        )


@pytest.mark.parametrize("orders", ORDERS.values(), ids=ORDERS)
def test_keys_outside_the_transaction_are_caught_by_the_contract(orders: Orders) -> None:
    with pytest.raises(CAUGHT):
        Contract().test_leaving_without_commit_forgets(keeping_keys_apart(), orders)


def test_the_machine_catches_what_one_alone_can_do_wrong() -> None:
    """A charge above a line it comes upon once in hundreds of walks: that is the contract's."""

    class Walk(LedgerMachine):
        def __init__(self) -> None:
            super().__init__(keeping_keys_apart())

    few = settings(
        max_examples=50,
        stateful_step_count=50,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        database=None,
        report_multiple_bugs=False,
    )
    with pytest.raises(CAUGHT):
        run_state_machine_as_test(Walk, settings=few)
