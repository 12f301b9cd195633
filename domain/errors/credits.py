"""Refusals about credits: estimates, holds, the ledger, prices and payments."""

from domain.errors.refusal import DomainError


class InvalidAmount(DomainError):
    """What was given is no amount of credits, or none that this act allows."""

    code = "invalid_amount"


class InvalidText(DomainError):
    """A key, a note or a reason is empty, too long or not plain text."""

    code = "invalid_text"


class InsufficientCredits(DomainError):
    """More was asked for than the user's available credits cover."""

    code = "insufficient_credits"

    def __init__(self, *, asked: str, available: str) -> None:
        super().__init__(f"{asked} asked for, {available} left", asked=asked, available=available)


class IdempotencyConflict(DomainError):
    """The same key came with other arguments; nothing was done."""

    code = "idempotency_conflict"


class HoldNotFound(DomainError):
    """This user has no hold of that id."""

    code = "hold_not_found"


class HoldEnded(DomainError):
    """The hold was settled, released or has expired; a hold ends exactly once."""

    code = "hold_ended"


class ChargeAboveHold(DomainError):
    """More was to be charged for a component than was held for it."""

    code = "charge_above_hold"


class EntryNotFound(DomainError):
    """This user's ledger has no entry of that number."""

    code = "entry_not_found"


class NotCorrectable(DomainError):
    """Only a charge or a top-up can be corrected, and by no more than it was."""

    code = "not_correctable"


class InvalidPrice(DomainError):
    """A figure that cannot stand in a price list; `figure` names it."""

    code = "invalid_price"


class EstimateNotFound(DomainError):
    """This user has no estimate of that id."""

    code = "estimate_not_found"


class EstimateExpired(DomainError):
    """The estimate is older than its prices hold."""

    code = "estimate_expired"


class EstimateMismatch(DomainError):
    """The estimate was made for another video or profile."""

    code = "estimate_mismatch"


class PaymentEnded(DomainError):
    """The payment has succeeded or was cancelled; another needs a key of its own."""

    code = "payment_ended"


class PaymentNotFound(DomainError):
    """No payment of this id is known."""

    code = "payment_not_found"


class PaymentMismatch(DomainError):
    """What was paid is not what was asked for; nothing was booked."""

    code = "payment_mismatch"
