"""What administrators see and do: prices, credits given."""

from typing import Annotated

import strawberry

from application.ports.figures import Totals
from application.use_cases.set_price import PriceChange
from domain.credits import Credits
from domain.ledger import GrantKind
from domain.ledger_orders import TopUp, check_key
from domain.price_list import ComponentPrice, PriceList, figure
from domain.run import RunStatus
from entrypoints.graphql.context import Info, answered, asked
from entrypoints.graphql.credits import BalanceType
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.scalars import CreditAmount
from entrypoints.graphql.users import user_id_in

Figure = Annotated[
    str | None, strawberry.argument(description="In roubles, as decimal text; left out: stays.")
]


@strawberry.type(name="ComponentPrice", description="The price of one component, in roubles.")
class ComponentPriceType:
    """Rates are roubles a second of processor time."""

    component: str = strawberry.field(description="The component, or `preparation`.")
    price: strawberry.Private[ComponentPrice]

    @strawberry.field(description="What it costs before any second.")
    def base(self) -> str:
        return str(self.price.base)

    @strawberry.field(description="Roubles a second of a processor.")
    def cpu_rate(self) -> str:
        return str(self.price.cpu_rate)

    @strawberry.field(description="Roubles a second of a graphics processor.")
    def gpu_rate(self) -> str:
        return str(self.price.gpu_rate)

    @strawberry.field(description="Markup in percent.")
    def markup_percent(self) -> str:
        return str(self.price.markup_percent)

    @strawberry.field(description="What a validly empty result costs; null: the base.")
    def empty_price(self) -> str | None:
        return None if self.price.empty_price is None else str(self.price.empty_price)

    @strawberry.field(description="What a result costs that was there already.")
    def reused_price(self) -> str:
        return str(self.price.reused_price)


@strawberry.type(name="PriceList", description="The prices in force.")
class PriceListType:
    """By component."""

    version: int = strawberry.field(description="Number of the newest change in it.")
    prices: list[ComponentPriceType] = strawberry.field(description="By name.")

    @classmethod
    def of(cls, prices: PriceList) -> "PriceListType":
        listed = sorted(prices.prices.items())
        return cls(
            version=prices.version,
            prices=[ComponentPriceType(component=name, price=price) for name, price in listed],
        )


@strawberry.type(name="RunCount", description="How many runs are in a status.")
class RunCountType:
    """One status."""

    status: RunStatus = strawberry.field(description="The status.")
    count: int = strawberry.field(description="How many runs are in it.")


@strawberry.type(name="Queue", description="How busy the installation is.")
class QueueType:
    """Counts of this moment."""

    waiting: int = strawberry.field(description="Runs that no worker has taken up.")
    workers: int = strawberry.field(description="Workers that are at a run.")
    runs: list[RunCountType] = strawberry.field(description="All runs, by status.")

    @classmethod
    def of(cls, totals: Totals) -> "QueueType":
        counts = [RunCountType(status=RunStatus(s), count=n) for s, n in totals.runs.items()]
        return cls(waiting=totals.queue_length, workers=totals.workers, runs=counts)


@strawberry.type(description="Credits were given, or had been by the same key.")
class ToppedUp:
    """What the user has now."""

    balance: BalanceType = strawberry.field(description="The user's credits after it.")


SetPriceResult = Annotated[PriceListType | Refusal, strawberry.union("SetPriceResult")]
TopUpResult = Annotated[ToppedUp | Refusal, strawberry.union("TopUpResult")]


@strawberry.type
class AdministrationQueries:
    """For administrators."""

    @strawberry.field(description="The prices in force. For administrators.")
    async def price_list(self, info: Info) -> PriceListType:
        info.context.administering()
        return PriceListType.of(await asked(info.context.container.show_prices()))

    @strawberry.field(description="How busy the installation is. For administrators.")
    async def queue(self, info: Info) -> QueueType:
        info.context.administering()
        return QueueType.of(await asked(info.context.container.read_queue()))


@strawberry.type
class AdministrationMutations:
    """For administrators."""

    @strawberry.mutation(description="Give a user credits. For administrators.")
    async def top_up(
        self,
        info: Info,
        user: Annotated[strawberry.ID, strawberry.argument(description="Global id of the user.")],
        amount: Annotated[
            CreditAmount, strawberry.argument(description="How many, as decimal text.")
        ],
        note: Annotated[str, strawberry.argument(description="What for.")],
        idempotency_key: Annotated[
            str, strawberry.argument(description="The request's own; sent again, it books nothing.")
        ],
        is_promotional: Annotated[
            bool, strawberry.argument(description="Given rather than paid for.")
        ] = False,
    ) -> TopUpResult:
        info.context.administering()
        container = info.context.container

        def topped_up() -> ToppedUp:
            user_id = user_id_in(user)
            check_key(idempotency_key)
            order = TopUp(
                user_id=user_id,
                key=f"topup:{idempotency_key}",
                amount=Credits.of(amount),
                at=container.clock().now(),
                kind=GrantKind.PROMOTIONAL if is_promotional else GrantKind.PAID,
                note=note,
            )
            container.top_up_credits()(order)
            return ToppedUp(balance=BalanceType.of(container.read_ledger().balance(user_id)))

        return await answered(info, topped_up)

    @strawberry.mutation(description="Set a component's price from now on. For administrators.")
    async def set_price(
        self,
        info: Info,
        component: Annotated[
            str, strawberry.argument(description="The component, or `preparation`.")
        ],
        base: Figure = None,
        cpu_rate: Figure = None,
        gpu_rate: Figure = None,
        markup_percent: Figure = None,
        empty_price: Figure = None,
        reused_price: Figure = None,
    ) -> SetPriceResult:
        info.context.administering()
        given = {
            "base": base,
            "cpu_rate": cpu_rate,
            "gpu_rate": gpu_rate,
            "markup_percent": markup_percent,
            "empty_price": empty_price,
            "reused_price": reused_price,
        }
        set_price = info.context.container.set_price()

        def changed() -> PriceListType:
            figures = {name: figure(name, text) for name, text in given.items() if text is not None}
            return PriceListType.of(set_price(component, PriceChange(figures=figures)))

        return await answered(info, changed)
