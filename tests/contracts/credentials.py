"""What every adapter of the port `Credentials` keeps to."""

from tests.contracts.users import Units, a_user


class CredentialsContract:
    """A subclass gives the fixture `units`."""

    def test_the_hash_of_a_password_is_the_one_that_was_last_set(self, units: Units) -> None:
        anna, boris = a_user("anna"), a_user("boris")
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            work.credentials.set(anna.id, "first")
            work.credentials.set(boris.id, "his")
            work.credentials.set(anna.id, "second")
            work.commit()
        with units() as work:
            assert work.credentials.of(anna.id) == "second"
            assert work.credentials.of(boris.id) == "his"

    def test_who_has_no_password_has_no_hash(self, units: Units) -> None:
        with units() as work:
            assert work.credentials.of(a_user().id) is None

    def test_a_password_that_was_not_committed_is_not_set(self, units: Units) -> None:
        anna = a_user()
        with units() as work:
            work.users.add(anna)
            work.commit()
        with units() as work:
            work.credentials.set(anna.id, "hash")
        with units() as work:
            assert work.credentials.of(anna.id) is None
