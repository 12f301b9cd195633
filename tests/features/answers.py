"""What the API answers, as a person sees it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.bill import BillLine
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.identity import RunId
from domain.run import RunStatus
from entrypoints.graphql import ids
from tests.features.seen import (
    Foreseen,
    ForeseenLine,
    SeenComponent,
    SeenFailure,
    SeenReuse,
    SeenRun,
)


def run_name(run_id: RunId) -> str:
    return str(ids.encode("Run", run_id))


def chosen(names: Sequence[str], *, required: str = "") -> list[dict[str, Any]]:
    return [{"component": name, "isOptional": name != required} for name in names]


def measuring(estimate: Foreseen) -> list[dict[str, Any]]:
    """The choice that an estimate was made of."""
    return chosen([line.name for line in estimate.lines if line.name != PREPARATION])


def seen_run(told: Mapping[str, Any]) -> SeenRun:
    ended = {
        one["name"]: SeenComponent(
            ComponentStatus[one["status"]],
            one["emptyReason"],
            _failure(one["failure"]),
            _at(one["finishedAt"]),
            _reuse(one),
            tuple(one["notes"]),
        )
        for one in told["components"]
        if one["status"] is not None
    }
    return SeenRun(
        id=RunId(UUID(told["runId"])),
        status=RunStatus[told["status"]],
        platform=told["platform"].lower(),
        video_id=told["videoId"],
        config_hash=told["configHash"],
        title=told["title"],
        created_at=datetime.fromisoformat(told["createdAt"]),
        failure=_failure(told["failure"]),
        warnings=tuple(told["warnings"]),
        components=ended,
    )


def _reuse(told: Mapping[str, Any]) -> SeenReuse:
    name = told["reusedFrom"]
    found = None if name is None else ids.decode(name)
    run_id = None if found is None else RunId(UUID(found[1]))
    return SeenReuse(told["isReused"], run_id, _at(told["measuredAt"]))


def _at(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(told)


def _failure(told: Mapping[str, Any] | None) -> SeenFailure | None:
    return None if told is None else SeenFailure(told["code"], told["message"], told["root"])


def foreseen(told: Mapping[str, Any]) -> Foreseen:
    lines = tuple(
        ForeseenLine(
            line["component"],
            line["units"],
            line["secondsP50"],
            Credits.of(line["usually"]),
            Credits.of(line["most"]),
            line["isReused"],
            _at(line["measuredAt"]),
        )
        for line in told["lines"]
    )
    return Foreseen(
        id=told["id"],
        total=Credits.of(told["most"]),
        usually=Credits.of(told["usually"]),
        seconds_p50=told["secondsP50"],
        price_list_version=told["priceListVersion"],
        expires_at=datetime.fromisoformat(told["expiresAt"]),
        lines=lines,
        fresh=None if told["freshRun"] is None else RunId(UUID(told["freshRun"]["runId"])),
    )


def bill_line(told: Mapping[str, Any]) -> BillLine:
    held, charged, returned = (Credits.of(told[name]) for name in ("held", "charged", "returned"))
    return BillLine(told["component"], held, charged, returned, told["reason"])
