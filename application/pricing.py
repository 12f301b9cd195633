"""The pricing of a moment: prices and cost models as the database holds them."""

from datetime import datetime
from uuid import uuid4

from application.policies import POLICIES
from application.ports.unit_of_work import UnitOfWork
from domain.catalogue import Catalogue
from domain.estimate import EstimateId, Pricing


def pricing(work: UnitOfWork, catalogue: Catalogue, *, now: datetime) -> Pricing:
    """What estimates made now follow from."""
    return Pricing(
        catalogue=catalogue,
        costs={name: known.model for name, known in work.costs.current().items()},
        prices=work.prices.at(now),
        policies=POLICIES,
        new_id=lambda: EstimateId(uuid4()),
    )
