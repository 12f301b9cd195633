"""What a run will take and cost, and its start."""

import logging
from collections.abc import Collection
from datetime import datetime
from typing import Annotated

import strawberry

from application.use_cases.start_run import Request
from domain.errors import EstimateNotFound, InvalidProfile
from domain.estimate import Estimate, EstimateId, EstimateLine, ForecastPart
from domain.ledger import UserId
from domain.profile import Profile
from domain.run import Run
from entrypoints.container import Container
from entrypoints.graphql import ids
from entrypoints.graphql.context import Info, answered
from entrypoints.graphql.profiles import ComponentChoiceInput, choices_of
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.runs import RunType
from entrypoints.graphql.scalars import CreditAmount, credit_amount
from entrypoints.graphql.videos import video_id_in
from entrypoints.graphql.webhooks import CallbackInput

_log = logging.getLogger(__name__)

ESTIMATE = "Estimate"
SELECTION = "selection"
"""The name of a choice that was never saved."""


@strawberry.type(name="EstimateLine", description="One component of an estimate, or `preparation`.")
class EstimateLineType:
    """Its time and its price."""

    component: str = strawberry.field(description="The component; `preparation` is shared work.")
    units: float = strawberry.field(description="How much of the video it works on.")
    seconds_p50: float = strawberry.field(description="What half of the runs stay under.")
    seconds_p90: float = strawberry.field(description="What nine of ten runs stay under.")
    usually: CreditAmount = strawberry.field(description="What it usually costs.")
    most: CreditAmount = strawberry.field(description="What is held for it and never exceeded.")
    is_for_forecast: bool = strawberry.field(
        description="Whether the forecast needs it; false: it is extra."
    )
    is_reused: bool = strawberry.field(
        description="Whether a fresh result of it is there, which is taken over in no time."
    )
    measured_at: datetime | None = strawberry.field(
        description="When that result was measured; null for what is to be measured."
    )

    @classmethod
    def of(cls, line: EstimateLine, *, is_for_forecast: bool) -> "EstimateLineType":
        return cls(
            is_for_forecast=is_for_forecast,
            component=line.name,
            units=line.units,
            seconds_p50=line.seconds_p50,
            seconds_p90=line.seconds_p90,
            usually=credit_amount(line.usually),
            most=credit_amount(line.most),
            is_reused=line.reused is not None,
            measured_at=line.reused.measured_at if line.reused else None,
        )


@strawberry.type(
    name="ForecastPart",
    description="What of an estimate the forecast needs, `preparation` included, as one subtotal.",
)
class ForecastPartType:
    """The sum of the lines that are for the forecast."""

    most: CreditAmount = strawberry.field(description="What is held for it and never exceeded.")
    usually: CreditAmount = strawberry.field(description="What it usually costs.")
    seconds_p50: float = strawberry.field(description="What half of the runs stay under.")
    seconds_p90: float = strawberry.field(description="What nine of ten runs stay under.")
    missing: list[str] = strawberry.field(
        description="Components that the forecast needs and the choice leaves out."
    )

    @classmethod
    def of(cls, part: ForecastPart) -> "ForecastPartType":
        return cls(
            most=credit_amount(part.total),
            usually=credit_amount(part.usually),
            seconds_p50=part.seconds_p50,
            seconds_p90=part.seconds_p90,
            missing=list(part.missing),
        )


@strawberry.type(
    name="Estimate",
    description="The most a run can cost and the time it takes, itemised; a start may name it.",
)
class EstimateType:
    """The sum of its lines, which holds until it expires."""

    id: strawberry.ID = strawberry.field(description="Give it to `startRun` to pay these prices.")
    most: CreditAmount = strawberry.field(description="Held at the start and never exceeded.")
    usually: CreditAmount = strawberry.field(description="What such a run usually costs.")
    seconds_p50: float = strawberry.field(description="What half of the runs stay under.")
    seconds_p90: float = strawberry.field(description="What nine of ten runs stay under.")
    price_list_version: int = strawberry.field(description="The prices it was made by.")
    expires_at: datetime = strawberry.field(description="Until when its prices hold.")
    lines: list[EstimateLineType] = strawberry.field(
        description="Preparation and every component, those that were added by need included."
    )
    forecast: ForecastPartType = strawberry.field(
        description="What of this the forecast needs; the other components are extra."
    )
    fresh_run: RunType | None = strawberry.field(
        description="What a start gives at once, for nothing, unless it is to compute anew."
    )

    @classmethod
    def of(cls, estimate: Estimate, *, fresh: Run | None, tier0: Collection[str]) -> "EstimateType":
        part = estimate.forecast_part(tier0)
        return cls(
            forecast=ForecastPartType.of(part),
            fresh_run=None if fresh is None else RunType.of(fresh),
            id=ids.encode(ESTIMATE, estimate.id),
            most=credit_amount(estimate.total),
            usually=credit_amount(estimate.usually),
            seconds_p50=estimate.seconds_p50,
            seconds_p90=estimate.seconds_p90,
            price_list_version=estimate.price_list_version,
            expires_at=estimate.expires_at,
            lines=[
                EstimateLineType.of(line, is_for_forecast=line in part.lines)
                for line in estimate.lines
            ],
        )


EstimateResult = Annotated[EstimateType | Refusal, strawberry.union("EstimateResult")]
StartRunResult = Annotated[RunType | Refusal, strawberry.union("StartRunResult")]
ProfileName = Annotated[
    str | None, strawberry.argument(description="A profile by its name; else give `components`.")
]
Selection = Annotated[
    list[ComponentChoiceInput] | None,
    strawberry.argument(description="A choice that is not saved, in place of a profile."),
]
VideoId = Annotated[strawberry.ID, strawberry.argument(description="Global id of the video.")]


@strawberry.type
class EstimateQueries:
    """Asks nobody anything, so that every tick can be priced at once."""

    @strawberry.field(
        description="Time and price of a profile, or of a choice, on one of the caller's videos."
    )
    async def estimate(
        self,
        info: Info,
        video: VideoId,
        profile: ProfileName = None,
        components: Selection = None,
        compute_anew: Annotated[
            bool, strawberry.argument(description="What it takes to measure everything again.")
        ] = False,
    ) -> EstimateResult:
        user_id, container = info.context.spending().id, info.context.container
        estimate_video, find_fresh = container.estimate_video(), container.find_fresh_run()

        def estimated() -> EstimateType:
            chosen = chosen_profile(container, user_id, profile, components)
            asked = user_id, video_id_in(video), chosen
            found = estimate_video(*asked, is_anew=compute_anew)
            fresh = None if compute_anew else find_fresh(*asked)
            return EstimateType.of(found, fresh=fresh, tier0=container.catalogue().tier0)

        return await answered(info, estimated)


@strawberry.type
class EstimateMutations:
    """What spends credits."""

    @strawberry.mutation(
        description=(
            "Put a run into the queue and hold its credits; where a result of the same is there "
            "and fresh, that run is given at once and costs nothing. The same key again gives the "
            "same run; with another video, profile or estimate it is refused."
        )
    )
    async def start_run(
        self,
        info: Info,
        video: VideoId,
        idempotency_key: Annotated[
            str, strawberry.argument(description="The request's own, of the client's making.")
        ],
        profile: ProfileName = None,
        components: Selection = None,
        estimate: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="By whose prices it is paid; else those of now."),
        ] = None,
        compute_anew: Annotated[
            bool, strawberry.argument(description="Measure again what fresh results are there of.")
        ] = False,
        callback: Annotated[
            CallbackInput | None,
            strawberry.argument(
                description="Told how this run ends; at once when a fresh result is given."
            ),
        ] = None,
    ) -> StartRunResult:
        user_id, container = info.context.spending().id, info.context.container
        start, accept_callback = container.start_video_run(), container.accept_callback()

        def started() -> RunType:
            chosen = chosen_profile(container, user_id, profile, components)
            request = Request(
                user_id=user_id,
                key=idempotency_key,
                estimate_id=None if estimate is None else estimate_id_in(estimate),
                callback=accept_callback(callback.url, callback.secret) if callback else None,
            )
            run = start(video_id_in(video), chosen, request, is_anew=compute_anew)
            _log.info("run.started run=%s", run.id)
            return RunType.of(run)

        return await answered(info, started)


def chosen_profile(
    container: Container,
    user_id: UserId,
    name: str | None,
    components: list[ComponentChoiceInput] | None,
) -> Profile:
    """A profile by its name, or one made of a choice; raises InvalidProfile for neither or both."""
    if (name is None) == (components is None):
        raise InvalidProfile("a profile's name or components, one of them", place="profile")
    if name is not None:
        return container.read_profiles().named(user_id, name)
    return Profile(SELECTION, "1", tuple(choices_of(components or [])))


def estimate_id_in(text: str) -> EstimateId:
    """The estimate that a global id names; raises EstimateNotFound for what names none."""
    unknown = EstimateNotFound("no such estimate")
    return EstimateId(ids.uuid_in(text, kind=ESTIMATE, otherwise=lambda: unknown))
