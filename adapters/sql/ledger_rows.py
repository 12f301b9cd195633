"""What the ledger keeps, as rows, and back; every field is named once each way."""

from typing import Any
from uuid import UUID

from adapters.sql.rows import Row
from application.booking import Operation
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import (
    Account,
    Entry,
    Grant,
    GrantId,
    GrantKind,
    Hold,
    HoldId,
    HoldState,
    OperationKind,
    Part,
    Posting,
    UserId,
)


def to_operation_row(operation: Operation) -> dict[str, Any]:
    return {
        "id": operation.id,
        "user_id": operation.user_id,
        "key": operation.key,
        "fingerprint": operation.fingerprint,
        "kind": str(operation.kind),
        "at": operation.at,
        "subject": operation.subject,
        "run_id": operation.run_id,
        "note": operation.note,
    }


def to_operation(row: Row) -> Operation:
    return Operation(
        id=row["id"],
        kind=OperationKind(row["kind"]),
        user_id=UserId(row["user_id"]),
        at=row["at"],
        subject=row["subject"],
        run_id=None if row["run_id"] is None else RunId(row["run_id"]),
        note=row["note"],
        key=row["key"],
        fingerprint=row["fingerprint"],
    )


def to_posting_row(operation: Operation, posting: Posting) -> dict[str, Any]:
    return {
        "operation_id": operation.id,
        "user_id": operation.user_id,
        "run_id": operation.run_id,
        "account": str(posting.account),
        "kopecks": posting.kopecks,
        "grant_id": posting.grant_id,
        "component": posting.component,
        "reason": posting.reason,
        "corrects": posting.corrects,
    }


def to_entry(row: Row) -> Entry:
    """From a posting's row joined with its operation's `kind`, `at` and `note`."""
    return Entry(
        number=row["number"],
        operation_id=row["operation_id"],
        kind=OperationKind(row["kind"]),
        user_id=UserId(row["user_id"]),
        run_id=None if row["run_id"] is None else RunId(row["run_id"]),
        at=row["at"],
        note=row["note"],
        posting=Posting(
            account=Account(row["account"]),
            kopecks=row["kopecks"],
            grant_id=GrantId(row["grant_id"]),
            component=row["component"],
            reason=row["reason"],
            corrects=row["corrects"],
        ),
    )


def to_grant_row(user_id: UserId, grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id,
        "user_id": user_id,
        "kind": str(grant.kind),
        "granted_at": grant.granted_at,
        "expires_at": grant.expires_at,
        **to_grant_state(grant),
    }


def to_grant_state(grant: Grant) -> dict[str, Any]:
    """The columns that change while a grant lasts."""
    return {"available_kopecks": grant.available_kopecks, "held_kopecks": grant.held_kopecks}


def to_grant(row: Row) -> Grant:
    return Grant(
        id=GrantId(row["id"]),
        kind=GrantKind(row["kind"]),
        granted_at=row["granted_at"],
        expires_at=row["expires_at"],
        available_kopecks=row["available_kopecks"],
        held_kopecks=row["held_kopecks"],
    )


def to_hold_row(hold: Hold) -> dict[str, Any]:
    return {
        "id": hold.id,
        "user_id": hold.user_id,
        "run_id": hold.run_id,
        "state": str(hold.state),
        "lines": {name: line.kopecks for name, line in hold.lines.items()},
        "parts": [[str(part.grant_id), part.kopecks] for part in hold.parts],
        "expires_at": hold.expires_at,
    }


def to_hold(row: Row) -> Hold:
    return Hold(
        id=HoldId(row["id"]),
        user_id=UserId(row["user_id"]),
        run_id=RunId(row["run_id"]),
        state=HoldState(row["state"]),
        lines={name: Credits(kopecks) for name, kopecks in row["lines"].items()},
        parts=tuple(Part(GrantId(UUID(grant)), kopecks) for grant, kopecks in row["parts"]),
        expires_at=row["expires_at"],
    )
