"""What becomes of a run that was started: it is cancelled, or tried again."""

import logging
from typing import Annotated

import strawberry

from entrypoints.graphql.context import Info, answered
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.runs import RunType, run_id_in

_log = logging.getLogger(__name__)

CancelRunResult = Annotated[RunType | Refusal, strawberry.union("CancelRunResult")]
RetryRunResult = Annotated[RunType | Refusal, strawberry.union("RetryRunResult")]
RunGlobalId = Annotated[strawberry.ID, strawberry.argument(description="Global id of the run.")]


@strawberry.type
class RunMutations:
    """The caller's own runs."""

    @strawberry.mutation(
        description=(
            "Cancel a run. One that waits ends at once; one at work ends within seconds, and is "
            "still `RUNNING` in this answer. What had finished stays readable and is charged. "
            "Asking twice is harmless, so it needs no key."
        )
    )
    async def cancel_run(self, info: Info, run: RunGlobalId) -> CancelRunResult:
        user_id, cancel = info.context.spending().id, info.context.container.cancel_run()

        def cancelled() -> RunType:
            found = cancel(user_id, run_id_in(run))
            _log.info("run.cancel_asked run=%s", found.id)
            return RunType.of(found)

        return await answered(info, cancelled)

    @strawberry.mutation(
        description=(
            "Start a new run like one that ended in an error or was cancelled: the same video, "
            "profile and words, by the prices of now."
        )
    )
    async def retry_run(
        self,
        info: Info,
        run: RunGlobalId,
        idempotency_key: Annotated[
            str, strawberry.argument(description="The request's own, of the client's making.")
        ],
    ) -> RetryRunResult:
        user_id, retry = info.context.spending().id, info.context.container.retry_run()

        def retried() -> RunType:
            again = retry(user_id, run_id_in(run), key=idempotency_key)
            _log.info("run.started run=%s", again.id)
            return RunType.of(again)

        return await answered(info, retried)
