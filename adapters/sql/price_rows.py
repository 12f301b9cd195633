"""Prices, cost models and estimates as rows, and back; every field is named once each way."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.calibration import CostSource, KnownCost, Timing
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import CostModel
from domain.estimate import Estimate, EstimateId, EstimateLine
from domain.identity import RunId
from domain.kept_result import KeptResult
from domain.price_list import ComponentPrice, Steps
from domain.video_size import VideoSize

Row = Mapping[Any, Any]


def from_price(price: ComponentPrice) -> dict[str, Any]:
    """Figures as text: they come back in every digit."""
    return {
        "base": str(price.base),
        "cpu_rate": str(price.cpu_rate),
        "gpu_rate": str(price.gpu_rate),
        "resolution_factors": _from_steps(price.resolution_factors),
        "duration_factors": _from_steps(price.duration_factors),
        "markup_percent": str(price.markup_percent),
        "empty_price": None if price.empty_price is None else str(price.empty_price),
        "reused_price": str(price.reused_price),
    }


def to_price(stored: Row) -> ComponentPrice:
    empty = stored["empty_price"]
    return ComponentPrice(
        base=Decimal(stored["base"]),
        cpu_rate=Decimal(stored["cpu_rate"]),
        gpu_rate=Decimal(stored["gpu_rate"]),
        resolution_factors=_to_steps(stored["resolution_factors"]),
        duration_factors=_to_steps(stored["duration_factors"]),
        markup_percent=Decimal(stored["markup_percent"]),
        empty_price=None if empty is None else Decimal(empty),
        reused_price=Decimal(stored["reused_price"]),
    )


def from_cost(cost: KnownCost) -> dict[str, Any]:
    return {**asdict(cost.model), "source": str(cost.source)}


def to_cost(row: Row) -> KnownCost:
    model = {name: row[name] for name in CostModel.__dataclass_fields__}
    return KnownCost(CostModel(**model), CostSource(row["source"]))


def to_timing(row: Row) -> Timing:
    fields = {name: row[name] for name in Timing.__dataclass_fields__}
    return Timing(**{**fields, "run_id": RunId(row["run_id"])})


def from_estimate(estimate: Estimate) -> dict[str, Any]:
    """What an estimate says, without its id and its end, which are columns."""
    return {
        "config_hash": estimate.config_hash,
        "price_list_version": estimate.price_list_version,
        "size": asdict(estimate.size),
        "created_at": estimate.created_at.isoformat(),
        "lines": [
            {
                "name": line.name,
                "units": line.units,
                "cost": asdict(line.cost),
                "price": from_price(line.price),
                "most_kopecks": line.most.kopecks,
                "usually_kopecks": line.usually.kopecks,
                "reused": None if line.reused is None else _from_kept(line.reused),
            }
            for line in estimate.lines
        ],
    }


def to_estimate(estimate_id: UUID, content: Row, *, expires_at: datetime) -> Estimate:
    return Estimate(
        id=EstimateId(estimate_id),
        config_hash=content["config_hash"],
        price_list_version=content["price_list_version"],
        size=VideoSize(**content["size"]),
        created_at=datetime.fromisoformat(content["created_at"]),
        expires_at=expires_at,
        lines=tuple(_to_line(line) for line in content["lines"]),
    )


def _to_line(stored: Row) -> EstimateLine:
    return EstimateLine(
        name=stored["name"],
        units=stored["units"],
        cost=CostModel(**stored["cost"]),
        price=to_price(stored["price"]),
        most=Credits(stored["most_kopecks"]),
        usually=Credits(stored["usually_kopecks"]),
        # Estimates from before results were taken over do not say.
        reused=_to_kept(stored.get("reused")),
    )


def _from_kept(result: KeptResult) -> dict[str, Any]:
    return {
        "component": result.component,
        "key": result.key,
        "content": result.content,
        "run_id": str(result.run_id),
        "is_own": result.is_own,
        "status": str(result.status),
        "measured_at": result.measured_at.isoformat(),
    }


def _to_kept(stored: Row | None) -> KeptResult | None:
    if stored is None:
        return None
    return KeptResult(
        component=stored["component"],
        key=stored["key"],
        content=stored["content"],
        run_id=RunId(UUID(stored["run_id"])),
        is_own=stored["is_own"],
        status=ComponentStatus(stored["status"]),
        measured_at=datetime.fromisoformat(stored["measured_at"]),
    )


def _from_steps(steps: Steps) -> list[list[Any]]:
    return [[up_to, str(factor)] for up_to, factor in steps]


def _to_steps(stored: list[list[Any]]) -> Steps:
    return tuple((int(up_to), Decimal(factor)) for up_to, factor in stored)
