"""Estimates in memory."""

from datetime import datetime

from adapters.memory.database import Kept
from domain.errors import EstimateNotFound
from domain.estimate import Estimate, EstimateId
from domain.ledger import UserId


class MemoryEstimates:
    """Estimates by id, each somebody's (port `Estimates`)."""

    def __init__(self, kept: Kept) -> None:
        self._estimates = kept.estimates
        self._runs = kept.runs

    def add(self, estimate: Estimate, *, user_id: UserId) -> None:
        if estimate.id in self._estimates:
            raise ValueError(f"the estimate {estimate.id} is there already")
        self._estimates[estimate.id] = (user_id, estimate)

    def get(self, estimate_id: EstimateId, *, user_id: UserId) -> Estimate:
        owner, estimate = self._estimates.get(estimate_id, (None, None))
        if estimate is None or owner != user_id:
            raise EstimateNotFound(f"no estimate {estimate_id}")
        return estimate

    def expire(self, *, before: datetime) -> int:
        taken = {run.estimate_id for run in self._runs.values()}
        ended = [
            estimate_id
            for estimate_id, (_, estimate) in self._estimates.items()
            if estimate.expires_at < before and estimate_id not in taken
        ]
        for estimate_id in ended:
            del self._estimates[estimate_id]
        return len(ended)
