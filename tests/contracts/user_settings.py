"""What every adapter of the port `UserSettings` keeps to."""

from domain.account_settings import AccountSettings, Language
from tests.contracts.users import Units, a_user


class UserSettingsContract:
    """A subclass gives the fixture `units`."""

    def test_who_never_set_anything_has_the_defaults(self, units: Units) -> None:
        """R-509 and R-802: three days, Russian, 50 to 60 sentences."""
        with units() as work:
            assert work.user_settings.of(a_user().id) == AccountSettings(
                freshness_days=3,
                language=Language.RU,
                review_sentences_min=50,
                review_sentences_max=60,
            )

    def test_what_was_last_saved_is_in_force_for_its_user(self, units: Units) -> None:
        anna, boris = a_user("anna"), a_user("boris")
        changed = AccountSettings(
            freshness_days=0,
            language=Language.EN,
            review_sentences_min=10,
            review_sentences_max=200,
        )
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            work.user_settings.save(anna.id, AccountSettings(freshness_days=7))
            work.user_settings.save(anna.id, changed)
            work.commit()
        with units() as work:
            assert work.user_settings.of(anna.id) == changed
            assert work.user_settings.of(boris.id) == AccountSettings()
