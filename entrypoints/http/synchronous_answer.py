"""What `POST /process/sync` answers: how a run stands, and where its results are fetched."""

from datetime import datetime
from typing import Any

from application.errors import AdapterError
from application.queries.export_run import ExportFormat
from domain.errors import DomainError
from domain.ledger import UserId
from domain.run import ComponentRun, Failure, Run
from domain.signed_link import LINK_LIFETIME, LinkClaim, LinkSigner
from entrypoints.graphql import ids
from entrypoints.graphql.runs import RUN
from entrypoints.http.exports import VERB, export_path
from entrypoints.language import Language, explain, explain_failure

_EXPORTS = (ExportFormat.JSON, ExportFormat.CSV, ExportFormat.NPZ)


def ended_document(
    run: Run, *, user_id: UserId, signer: LinkSigner, now: datetime, language: Language
) -> dict[str, Any]:
    """An ended run, every component of it, and signed links to its files."""
    ends_at = now.replace(microsecond=0) + LINK_LIFETIME

    def linked(form: ExportFormat) -> dict[str, str]:
        path = export_path(run.id, form)
        claim = LinkClaim(verb=VERB, path=path, user_id=user_id, expires_at=ends_at)
        return {"url": signer.sign(claim), "expiresAt": ends_at.isoformat()}

    return {
        "run": run_document(run, language=language),
        "components": [_component(one, language) for one in run.components.values()],
        "exports": {str(form): linked(form) for form in _EXPORTS},
    }


def run_document(run: Run, *, language: Language) -> dict[str, Any]:
    """The run as the API names it; never a title (R-706 holds for what may be logged beside it)."""
    return {
        "id": ids.encode(RUN, run.id),
        "runId": str(run.id),
        "status": str(run.status),
        "profile": run.profile.name,
        "createdAt": _moment(run.created_at),
        "startedAt": _moment(run.started_at),
        "finishedAt": _moment(run.finished_at),
        "failure": _failure(run.failure, language),
        "warnings": list(run.warnings),
    }


def refused_document(error: DomainError | AdapterError, *, language: Language) -> dict[str, Any]:
    """A rule's no, or what is not available, by its stable code."""
    fields = dict(error.fields) if isinstance(error, DomainError) else {}
    return {"code": error.code, "message": explain(error, language), "fields": fields}


def _component(ended: ComponentRun, language: Language) -> dict[str, Any]:
    return {
        "name": ended.name,
        "status": str(ended.status),
        "durationMs": ended.duration_ms,
        "emptyReason": None if ended.empty_reason is None else str(ended.empty_reason),
        "failure": _failure(ended.failure, language),
    }


def _failure(failed: Failure | None, language: Language) -> dict[str, str] | None:
    if failed is None:
        return None
    message = explain_failure(failed, language)
    return {"code": failed.code, "message": message, "where": failed.where}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
