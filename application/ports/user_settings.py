"""What users have set for their accounts."""

from typing import Protocol

from domain.account_settings import AccountSettings
from domain.ledger import UserId


class UserSettings(Protocol):
    """Settings by user, within one unit of work.

    Contract (tests/contracts/user_settings.py): `of` gives what was last saved, and the defaults
    to who never saved any.
    """

    def of(self, user_id: UserId) -> AccountSettings: ...

    def save(self, user_id: UserId, settings: AccountSettings) -> None: ...
