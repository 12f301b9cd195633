"""What users have set and saved, in memory."""

from collections.abc import Sequence

from adapters.memory.database import Kept
from domain.account_settings import AccountSettings
from domain.errors import ProfileNotFound
from domain.ledger import UserId
from domain.profile import Profile


class MemoryUserSettings:
    """Settings in a dictionary (port `UserSettings`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def of(self, user_id: UserId) -> AccountSettings:
        return self._kept.user_settings.get(user_id, AccountSettings())

    def save(self, user_id: UserId, settings: AccountSettings) -> None:
        self._kept.user_settings[user_id] = settings


class MemorySavedProfiles:
    """Profiles in a dictionary (port `SavedProfiles`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def save(self, user_id: UserId, profile: Profile) -> None:
        self._kept.profiles[user_id, profile.name] = profile

    def named(self, user_id: UserId, name: str) -> Profile:
        try:
            return self._kept.profiles[user_id, name]
        except KeyError:
            raise ProfileNotFound("no profile of this user has this name") from None

    def of(self, user_id: UserId) -> Sequence[Profile]:
        own = [profile for (owner, _), profile in self._kept.profiles.items() if owner == user_id]
        return sorted(own, key=lambda profile: profile.name)

    def remove(self, user_id: UserId, name: str) -> None:
        self.named(user_id, name)
        del self._kept.profiles[user_id, name]
