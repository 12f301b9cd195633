"""What every adapter of the port `SavedProfiles` keeps to."""

import pytest

from domain.errors import ProfileNotFound
from domain.profile import ComponentChoice, Profile, TimeLimits
from tests.contracts.users import Units, a_user


def a_saved_profile(name: str = "мой набор", version: str = "1") -> Profile:
    choices = (
        ComponentChoice("shots", optional=False, parameters={"threshold": 0.5, "fast": True}),
        ComponentChoice("loudness", parameters={"rate": 3, "scale": "K"}),
    )
    return Profile(name, version, choices, TimeLimits(component_s=60.5))


class SavedProfilesContract:
    """A subclass gives the fixture `units`."""

    def test_a_profile_is_read_as_it_was_saved(self, units: Units) -> None:
        anna, saved = a_user(), a_saved_profile()
        with units() as work:
            work.users.add(anna)
            work.saved_profiles.save(anna.id, saved)
            work.commit()
        with units() as work:
            assert work.saved_profiles.named(anna.id, saved.name) == saved

    def test_the_same_name_again_takes_its_place(self, units: Units) -> None:
        anna = a_user()
        with units() as work:
            work.users.add(anna)
            for version in ("1", "2"):
                work.saved_profiles.save(anna.id, a_saved_profile(version=version))
            work.commit()
        with units() as work:
            assert [one.version for one in work.saved_profiles.of(anna.id)] == ["2"]

    def test_profiles_are_their_users_and_in_order(self, units: Units) -> None:
        """R-201: a user's are theirs; two users may call theirs the same."""
        anna, boris = a_user("anna"), a_user("boris")
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            for name in ("б", "a", "B"):
                work.saved_profiles.save(anna.id, a_saved_profile(name))
            work.saved_profiles.save(boris.id, a_saved_profile("a", version="7"))
            work.commit()
        with units() as work:
            assert [one.name for one in work.saved_profiles.of(anna.id)] == ["B", "a", "б"]
            assert work.saved_profiles.named(anna.id, "a").version == "1"
            assert work.saved_profiles.named(boris.id, "a").version == "7"

    def test_what_a_user_has_not_saved_is_nobodys(self, units: Units) -> None:
        anna, boris = a_user("anna"), a_user("boris")
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            work.saved_profiles.save(anna.id, a_saved_profile("a"))
            work.commit()
        for name in ("a", "nobody's"):
            with units() as work:
                with pytest.raises(ProfileNotFound):
                    work.saved_profiles.named(boris.id, name)
                with pytest.raises(ProfileNotFound):
                    work.saved_profiles.remove(boris.id, name)
        with units() as work:
            assert len(work.saved_profiles.of(anna.id)) == 1

    def test_a_removed_profile_is_gone(self, units: Units) -> None:
        anna = a_user()
        with units() as work:
            work.users.add(anna)
            work.saved_profiles.save(anna.id, a_saved_profile("a"))
            work.saved_profiles.save(anna.id, a_saved_profile("b"))
            work.saved_profiles.remove(anna.id, "a")
            work.commit()
        with units() as work:
            assert [one.name for one in work.saved_profiles.of(anna.id)] == ["b"]
