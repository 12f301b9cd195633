"""What every keeper of payments must do."""

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.credits import MAX_KOPECKS
from domain.errors import PaymentNotFound
from domain.payment import Payment, PaymentId, PaymentState
from tests.builders import NOON
from tests.contracts.ledger_acts import LedgerUnits
from tests.ledgers import a_payment, a_user

LATER = NOON + timedelta(minutes=3, microseconds=7)


def added(units: LedgerUnits, payment: Payment) -> Payment:
    with units() as work:
        work.payments.add(payment)
        work.commit()
    return payment


def got(units: LedgerUnits, payment_id: PaymentId) -> Payment:
    with units() as work:
        return work.payments.get(payment_id)


class PaymentsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    @pytest.mark.parametrize("kopecks", [1, 50_000, MAX_KOPECKS])
    def test_a_payment_comes_back_as_it_was_added(self, units: LedgerUnits, kopecks: int) -> None:
        payment = added(units, a_payment(kopecks))
        added(units, a_payment())
        assert got(units, payment.id) == payment

    @pytest.mark.parametrize("state", PaymentState)
    def test_its_end_is_kept(self, units: LedgerUnits, state: PaymentState) -> None:
        payment = added(units, a_payment())
        ended = replace(payment, state=state, ended_at=LATER)
        with units() as work:
            work.payments.save(ended)
            work.commit()
        assert got(units, payment.id) == ended

    def test_adding_it_again_changes_nothing(self, units: LedgerUnits) -> None:
        payment = added(units, a_payment(100))
        added(units, replace(payment, user_id=a_user(), created_at=LATER))
        assert got(units, payment.id) == payment

    def test_an_unknown_payment_is_not_found(self, units: LedgerUnits) -> None:
        added(units, a_payment())
        with units() as work:
            with pytest.raises(PaymentNotFound):
                work.payments.get(PaymentId(uuid4()))
            with pytest.raises(PaymentNotFound):
                work.payments.save(a_payment())

    def test_leaving_without_commit_forgets(self, units: LedgerUnits) -> None:
        payment = added(units, a_payment())
        with units() as work:
            work.payments.save(replace(payment, state=PaymentState.CANCELLED, ended_at=LATER))
            other = a_payment()
            work.payments.add(other)
        assert got(units, payment.id) == payment
        with pytest.raises(PaymentNotFound):
            got(units, other.id)

    def test_who_reads_a_payment_has_it_alone_until_the_end(self, units: LedgerUnits) -> None:
        """Of two who are told of one payment at once, the second sees what the first made of it."""
        payment = added(units, a_payment())
        ended = replace(payment, state=PaymentState.SUCCEEDED, ended_at=LATER)
        with ThreadPoolExecutor(1) as pool:
            with units() as work:
                work.payments.get(payment.id)
                second = pool.submit(got, units, payment.id)
                assert not wait([second], timeout=0.2).done
                work.payments.save(ended)
                work.commit()
            assert second.result() == ended
