"""Saving a profile under a name of the user's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.profiles import Profiles
from application.ports.unit_of_work import UnitOfWork
from domain.catalogue import Catalogue
from domain.errors import TooManyKept
from domain.ledger import UserId
from domain.profile import ComponentChoice, Profile
from domain.saved_profile import PROFILES_MAX, check_saved


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveProfile:
    """Keeps the choice as it was made; the same name again makes its next version.

    Raises InvalidProfile with the place, UnknownComponent, TooManyKept. Runs carry their own copy:
    what was measured by an earlier version stays what it was.
    """

    unit_of_work: Callable[[], UnitOfWork]
    catalogue: Catalogue
    profiles: Profiles

    def __call__(
        self, user_id: UserId, *, name: str, choices: Sequence[ComponentChoice]
    ) -> Profile:
        built_in = [profile.name for profile in self.profiles.built_in()]
        checked = Profile(name, "1", tuple(choices))
        check_saved(checked, catalogue=self.catalogue, built_in=built_in)
        with self.unit_of_work() as work:
            work.users.lock(user_id)
            own = {profile.name: profile for profile in work.saved_profiles.of(user_id)}
            if name not in own and len(own) >= PROFILES_MAX:
                raise TooManyKept(what="profiles", limit=PROFILES_MAX)
            version = int(own[name].version) + 1 if name in own else 1
            profile = Profile(name, str(version), tuple(choices))
            work.saved_profiles.save(user_id, profile)
            work.commit()
        return profile
