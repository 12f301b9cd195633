"""What every keeper of the ledger must do."""

from tests.contracts.ledger_bookings import LedgerBookingsContract
from tests.contracts.ledger_expiry import LedgerExpiryContract
from tests.contracts.ledger_keys import LedgerKeysContract
from tests.contracts.ledger_refusals import LedgerRefusalsContract


class LedgerContract(
    LedgerBookingsContract, LedgerRefusalsContract, LedgerKeysContract, LedgerExpiryContract
):
    """Subclass and give `units`."""
