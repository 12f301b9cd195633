"""What every keeper of estimates must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.component import ComponentStatus
from domain.errors import EstimateNotFound
from domain.estimate import EstimateId
from domain.identity import RunId
from domain.kept_result import KeptResult
from domain.ledger import LOCAL_USER, UserId
from tests.builders import NOON, a_run, an_estimate

LATER = NOON + timedelta(minutes=1)
SOMEBODY, ANOTHER = UserId(uuid4()), UserId(uuid4())


class EstimatesContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Callable[[], UnitOfWork]: ...

    def test_an_estimate_comes_back_equal_in_every_field(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        """Down to the digits of its prices: a run is charged by them (R-604)."""
        estimate = an_estimate()
        with units() as work:
            work.estimates.add(estimate, user_id=SOMEBODY)
            work.commit()
        with units() as work:
            found = work.estimates.get(estimate.id, user_id=SOMEBODY)
        assert found == estimate
        assert str(found["loudness"].price) == str(estimate["loudness"].price)

    def test_what_is_taken_over_comes_back_with_it(self, units: Callable[[], UnitOfWork]) -> None:
        """A run is given the very results that its estimate was made for (R-509)."""
        (line,) = an_estimate().lines
        result = KeptResult(
            component="loudness",
            key="ab" * 32,
            content="cd" * 32,
            run_id=RunId(uuid4()),
            is_own=False,
            status=ComponentStatus.EMPTY,
            measured_at=NOON,
        )
        estimate = an_estimate(lines=(replace(line, reused=result),))
        with units() as work:
            work.estimates.add(estimate, user_id=SOMEBODY)
            work.commit()
        with units() as work:
            assert work.estimates.get(estimate.id, user_id=SOMEBODY) == estimate

    def test_another_users_estimate_is_as_unknown_as_one_that_never_was(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        estimate = an_estimate()
        with units() as work:
            work.estimates.add(estimate, user_id=SOMEBODY)
            work.commit()
        with units() as work:
            for estimate_id, user_id in (
                (estimate.id, ANOTHER),
                (EstimateId(uuid4()), SOMEBODY),
            ):
                with pytest.raises(EstimateNotFound):
                    work.estimates.get(estimate_id, user_id=user_id)

    def test_only_what_ended_before_and_no_run_was_started_by_is_forgotten(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        """R-604: a run is charged by its estimate, however late."""
        old, young, taken = (an_estimate(expires_at=moment) for moment in (NOON, LATER, NOON))
        with units() as work:
            for estimate in (old, young, taken):
                work.estimates.add(estimate, user_id=LOCAL_USER)
            run = a_run()
            run.estimate_id = taken.id
            work.runs.add(run)
            work.commit()
        with units() as work:
            assert work.estimates.expire(before=LATER) == 1
            assert work.estimates.expire(before=LATER) == 0
            work.commit()
        with units() as work:
            for estimate in (young, taken):
                assert work.estimates.get(estimate.id, user_id=LOCAL_USER) == estimate
            with pytest.raises(EstimateNotFound):
                work.estimates.get(old.id, user_id=LOCAL_USER)
