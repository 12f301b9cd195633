"""The profiles that a user may run: ours, and their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.profiles import Profiles
from application.ports.unit_of_work import UnitOfWork
from domain.errors import ProfileNotFound
from domain.ledger import UserId
from domain.profile import Profile
from domain.saved_profile import may_name


@dataclass(frozen=True, slots=True)
class ReadProfiles:
    """Reads built-in and saved profiles; another's is as unknown as one that never was."""

    unit_of_work: Callable[[], UnitOfWork]
    profiles: Profiles

    def built_in(self) -> Sequence[Profile]:
        return self.profiles.built_in()

    def saved(self, user_id: UserId) -> Sequence[Profile]:
        with self.unit_of_work() as work:
            return work.saved_profiles.of(user_id)

    def named(self, user_id: UserId, name: str) -> Profile:
        """A built-in profile or one of the user's; ProfileNotFound for others."""
        for profile in self.profiles.built_in():
            if profile.name == name:
                return profile
        if not may_name(name):
            raise ProfileNotFound("no profile has a name like this")
        with self.unit_of_work() as work:
            return work.saved_profiles.named(user_id, name)
