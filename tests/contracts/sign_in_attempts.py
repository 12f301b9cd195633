"""What every adapter of the port `SignInAttempts` keeps to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from domain.errors import TooManyAttempts
from domain.sign_in_attempts import AttemptLimit
from tests.contracts.users import NOW, Units

ANNA, BORIS = "ab" * 32, "ff" * 32


class SignInAttemptsContract:
    """A subclass gives the fixture `units`."""

    def test_attempts_count_for_their_address_alone(self, units: Units) -> None:
        with units() as work:
            for seconds in (2, 0, 1):
                work.sign_in_attempts.add(ANNA, NOW + timedelta(seconds=seconds))
            work.sign_in_attempts.add(BORIS, NOW)
            work.commit()
        with units() as work:
            found = work.sign_in_attempts.since(ANNA, NOW)
            assert list(found) == [NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)]

    def test_what_is_forgotten_is_one_addresss(self, units: Units) -> None:
        before = NOW - timedelta(seconds=1)
        with units() as work:
            work.sign_in_attempts.add(ANNA, NOW)
            work.sign_in_attempts.add(BORIS, NOW)
            work.sign_in_attempts.forget(ANNA)
            work.commit()
        with units() as work:
            assert list(work.sign_in_attempts.since(ANNA, before)) == []
            assert list(work.sign_in_attempts.since(BORIS, before)) == [NOW]

    def test_old_ones_expire(self, units: Units) -> None:
        before, after = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
        with units() as work:
            for moment in (before, NOW, after):
                work.sign_in_attempts.add(ANNA, moment)
            assert work.sign_in_attempts.expire(NOW) == 2
            work.commit()
        with units() as work:
            assert list(work.sign_in_attempts.since(ANNA, before)) == [after]

    def test_many_at_once_do_not_all_pass(self, units: Units) -> None:
        """Whoever counts an address's attempts keeps others waiting until theirs is counted."""
        limit = AttemptLimit(failures_max=3)

        def attempt(_: int) -> bool:
            with units() as work:
                failures = work.sign_in_attempts.since(ANNA, NOW - limit.window)
                try:
                    limit.check(failures, now=NOW)
                except TooManyAttempts:
                    return False
                work.sign_in_attempts.add(ANNA, NOW)
                work.commit()
            return True

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(attempt, range(24))) == 3
