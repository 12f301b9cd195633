"""Results of components that a run may take over, found in SQL by their keys."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, case, func, or_, select

from adapters.sql.tables import run_components, runs
from domain.component import ComponentStatus
from domain.identity import RunId
from domain.kept_result import TAKEN_OVER, KeptResult
from domain.ledger import UserId
from domain.video import Platform


def kept_results(
    connection: Connection, user_id: UserId, *, keys: Collection[str], since: datetime
) -> Sequence[KeptResult]:
    """One result of each key and content, the newest measured, the user's own before others'."""
    ended = run_components.c
    is_own = case((runs.c.user_id == user_id, 1), else_=0)
    rank = func.row_number().over(
        partition_by=(ended.reuse_key, ended.content_sha256),
        order_by=(ended.measured_at.desc(), is_own.desc(), ended.finished_at.desc(), ended.run_id),
    )
    ranked = (
        select(run_components, is_own.label("is_own"), rank.label("rank"))
        .join_from(run_components, runs, runs.c.id == ended.run_id)
        .where(
            ended.reuse_key.in_(keys),
            ended.measured_at >= since,
            ended.status.in_([str(status) for status in TAKEN_OVER]),
            or_(runs.c.user_id == user_id, runs.c.platform_id == str(Platform.YOUTUBE)),
        )
        .subquery()
    )
    found = ranked.c
    query = select(ranked).where(found.rank == 1).order_by(found.measured_at.desc(), found.name)
    return [
        KeptResult(
            component=row["name"],
            key=row["reuse_key"],
            content=row["content_sha256"],
            run_id=RunId(row["run_id"]),
            is_own=bool(row["is_own"]),
            status=ComponentStatus(row["status"]),
            measured_at=row["measured_at"],
        )
        for row in connection.execute(query).mappings()
    ]
