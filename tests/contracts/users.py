"""What every adapter of the port `Users` keeps to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.errors import EmailTaken, UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User

Units = Callable[[], UnitOfWork]
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def a_user(name: str = "anna") -> User:
    return User(id=UserId(uuid4()), name=name, created_at=NOW)


class UsersContract:
    """A subclass gives the fixture `units`."""

    def test_a_user_is_found_by_id_and_by_name(self, units: Units) -> None:
        anna, boris = a_user("anna"), a_user("boris")
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            work.commit()
        with units() as work:
            assert work.users.get(anna.id) == anna
            assert work.users.named("boris") == boris

    def test_nobody_is_refused(self, units: Units) -> None:
        with units() as work:
            with pytest.raises(UserNotFound):
                work.users.get(UserId(uuid4()))
            with pytest.raises(UserNotFound):
                work.users.named("nobody")
            with pytest.raises(UserNotFound):
                work.users.lock(UserId(uuid4()))

    def test_a_name_is_one_users(self, units: Units) -> None:
        anna, other = a_user("anna"), a_user("anna")
        with units() as work:
            work.users.add(anna)
            work.commit()
        with units() as work, pytest.raises(EmailTaken) as refused:
            work.users.add(other)
        assert "anna" not in str(refused.value)
        with units() as work:
            assert work.users.named("anna") == anna

    def test_a_user_becomes_an_administrator(self, units: Units) -> None:
        anna, boris = a_user("anna"), a_user("boris")
        with units() as work:
            work.users.add(anna)
            work.users.add(boris)
            work.users.promote(anna.id)
            with pytest.raises(UserNotFound):
                work.users.promote(UserId(uuid4()))
            work.commit()
        with units() as work:
            assert work.users.get(anna.id).is_administrator
            assert not work.users.get(boris.id).is_administrator

    def test_users_are_listed_by_name_from_any_of_them_on(self, units: Units) -> None:
        names = ["a-b@x.org", "a.b@x.org", "ab@x.org", "b@x.org"]
        with units() as work:
            for name in reversed(names):
                work.users.add(a_user(name))
            work.commit()
        with units() as work:
            found = [user.name for user in work.users.all(limit=100) if user.name != "local"]
            assert found == names
            page = [user.name for user in work.users.all(after=names[0], limit=2)]
            assert page == names[1:3]

    def test_a_user_who_never_subscribed_is_on_the_free_plan(self, units: Units) -> None:
        with units() as work:
            assert work.users.plan(UserId(uuid4()), now=NOW) is Plan.FREE

    def test_the_newest_subscription_that_has_begun_is_the_plan(self, units: Units) -> None:
        """R-607: the plan is a dated attribute."""
        anna = a_user()
        plans = {-2: Plan.PREMIUM, -1: Plan.FREE, 1: Plan.PREMIUM}
        with units() as work:
            work.users.add(anna)
            for days, plan in plans.items():
                begins = NOW + timedelta(days=days)
                work.users.subscribe(Subscription(user_id=anna.id, plan=plan, valid_from=begins))
            work.commit()
        with units() as work:
            for days, plan in plans.items():
                moment = NOW + timedelta(days=days)
                assert work.users.plan(anna.id, now=moment) is plan
            assert work.users.plan(anna.id, now=NOW) is Plan.FREE

    def test_what_was_not_committed_is_forgotten(self, units: Units) -> None:
        anna = a_user()
        with units() as work:
            work.users.add(anna)
        with units() as work, pytest.raises(UserNotFound):
            work.users.get(anna.id)
