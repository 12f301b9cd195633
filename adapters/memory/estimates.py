"""Estimates in memory."""

from adapters.memory.database import Kept
from domain.errors import EstimateNotFound
from domain.estimate import Estimate, EstimateId
from domain.ledger import UserId


class MemoryEstimates:
    """Estimates by id, each somebody's (port `Estimates`)."""

    def __init__(self, kept: Kept) -> None:
        self._estimates = kept.estimates

    def add(self, estimate: Estimate, *, user_id: UserId) -> None:
        if estimate.id in self._estimates:
            raise ValueError(f"the estimate {estimate.id} is there already")
        self._estimates[estimate.id] = (user_id, estimate)

    def get(self, estimate_id: EstimateId, *, user_id: UserId) -> Estimate:
        owner, estimate = self._estimates.get(estimate_id, (None, None))
        if estimate is None or owner != user_id:
            raise EstimateNotFound(f"no estimate {estimate_id}")
        return estimate
