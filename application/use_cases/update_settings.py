"""Changing the settings of one's account."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.account_settings import AccountSettings, Language
from domain.ledger import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChange:
    """What changes; None stays as it is."""

    freshness_days: int | None = None
    language: Language | None = None
    review_sentences_min: int | None = None
    review_sentences_max: int | None = None

    def applied_to(self, settings: AccountSettings) -> AccountSettings:
        """Raises InvalidSettings for what cannot be together."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return replace(settings, **{name: new for name, new in given.items() if new is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSettings:
    """Keeps the change and gives the settings after it; InvalidSettings changes nothing."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying

    def __call__(self, user_id: UserId, change: SettingsChange) -> AccountSettings:
        return self.retrying(lambda: self._updated(user_id, change))

    def _updated(self, user_id: UserId, change: SettingsChange) -> AccountSettings:
        with self.unit_of_work() as work:
            work.users.lock(user_id)
            settings = change.applied_to(work.user_settings.of(user_id))
            work.user_settings.save(user_id, settings)
            work.commit()
        return settings
