"""What runs cost and how credits come and go."""

from dependency_injector import containers, providers

from adapters.toml.prices import TomlPrices
from application.queries.read_ledger import ReadLedger
from application.queries.show_prices import ShowPrices
from application.use_cases.calibrate_costs import CalibrateCosts
from application.use_cases.confirm_payment import ConfirmPayment
from application.use_cases.correct_entry import CorrectEntry
from application.use_cases.expire_credits import ExpireCredits
from application.use_cases.seed_prices import SeedPrices
from application.use_cases.set_price import SetPrice
from application.use_cases.start_payment import StartPayment
from application.use_cases.top_up_credits import TopUpCredits
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.webhooks.payments import PaymentWebhook

BALANCES_PAUSE_S = 0.25


class Credits(containers.DeclarativeContainer):
    seed_prices = providers.Factory(
        SeedPrices,
        unit_of_work=Ground.unit_of_work.provider,
        prices=providers.Singleton(TomlPrices),
        costs=Ground.costs,
        clock=Ground.clock,
    )
    show_prices = providers.Factory(ShowPrices, Ground.unit_of_work.provider, Ground.clock)
    set_price = providers.Factory(SetPrice, Ground.unit_of_work.provider, Ground.clock)
    calibrate_costs = providers.Factory(CalibrateCosts, Ground.unit_of_work.provider, Ground.clock)
    top_up_credits = providers.Factory(
        TopUpCredits, unit_of_work=Ground.unit_of_work.provider, retrying=Ground.retrying
    )
    # Who serves HTTP gives `start_payment` the provider and mounts the webhook, given a secret.
    start_payment = providers.Factory(
        StartPayment, unit_of_work=Ground.unit_of_work.provider, clock=Ground.clock
    )
    confirm_payment = providers.Factory(
        ConfirmPayment,
        unit_of_work=Ground.unit_of_work.provider,
        clock=Ground.clock,
        retrying=Ground.retrying,
    )
    payment_webhook = providers.Factory(
        PaymentWebhook,
        confirm=confirm_payment,
        clock=Ground.clock,
        secret=Ground.settings.provided.payment_secret,
    )
    local_payments = providers.Factory(
        late("adapters.local_payments.provider", "LocalPayments"),
        secret=Ground.settings.provided.payment_secret,
        clock=Ground.clock,
    )
    correct_entry = providers.Factory(
        CorrectEntry, unit_of_work=Ground.unit_of_work.provider, retrying=Ground.retrying
    )
    expire_credits = providers.Factory(
        ExpireCredits,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
    )
    read_ledger = providers.Factory(ReadLedger, unit_of_work=Ground.reading.provider)
    balance_watch = providers.Singleton(
        late("entrypoints.live.watch", "Watch"),
        read_ledger.provided.balances,
        pause_s=BALANCES_PAUSE_S,
    )
