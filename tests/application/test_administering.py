"""What administrators and the installation itself do about users, over memory."""

from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.memory.pauses import NoPauses
from application.queries.read_account import USERS_MAX, ReadAccount
from application.retrying import Retrying
from application.use_cases.expire_sessions import ExpireSessions
from application.use_cases.make_administrator import MakeAdministrator
from application.use_cases.set_plan import SetPlan
from application.use_cases.update_settings import SettingsChange, UpdateSettings
from domain.account_settings import AccountSettings
from domain.errors import InvalidEmail, InvalidSettings, SignInRefused, UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.session import SESSION_LIFETIME
from domain.sign_in_attempts import AttemptLimit
from tests.contracts.users import a_user
from tests.features.door import ANNA, BORIS, PASSWORD, Door

RETRYING = Retrying(NoPauses())


@pytest.fixture
def door() -> Door:
    return Door()


def test_a_user_is_made_an_administrator_by_address(door: Door) -> None:
    door.add_user(ANNA, PASSWORD)
    promote = MakeAdministrator(unit_of_work=door.unit_of_work, retrying=RETRYING)
    assert promote(f" {ANNA.upper()}").is_administrator
    door.authenticate(door.sign_in(ANNA, PASSWORD).token.text).require_administrator()
    with pytest.raises(UserNotFound):
        promote(BORIS)
    with pytest.raises(InvalidEmail):
        promote("local")


def test_a_plan_is_in_force_from_now_on(door: Door) -> None:
    """R-607: a dated attribute; what was before stays what it was."""
    user = door.add_user(ANNA, PASSWORD)
    set_plan = SetPlan(unit_of_work=door.unit_of_work, retrying=RETRYING, clock=door.clock)
    read = ReadAccount(door.unit_of_work, door.clock)
    assert read.plan(user.id) is Plan.FREE
    before = door.clock.now()
    door.pass_time(timedelta(days=1))
    for _ in range(2):
        set_plan(user.id, Plan.PREMIUM)
    assert read.plan(user.id) is Plan.PREMIUM
    with door.unit_of_work() as work:
        assert work.users.plan(user.id, now=before) is Plan.FREE
    with pytest.raises(UserNotFound):
        set_plan(UserId(uuid4()), Plan.PREMIUM)


def test_users_are_read_by_name_and_never_more_than_a_page(door: Door) -> None:
    names = [f"{number:03}@example.org" for number in range(USERS_MAX + 5)]
    with door.unit_of_work() as work:
        for name in names:
            work.users.add(a_user(name))
        work.commit()
    read = ReadAccount(door.unit_of_work, door.clock)
    first = [one.user.name for one in read.users(limit=10_000)]
    rest = [one.user.name for one in read.users(after=first[-1])]
    assert (len(first), first + rest) == (USERS_MAX, names)
    assert list(read.users(limit=-1)) == []


def test_settings_change_whole_or_not_at_all(door: Door) -> None:
    user = door.add_user(ANNA, PASSWORD)
    update = UpdateSettings(unit_of_work=door.unit_of_work, retrying=RETRYING)
    read = ReadAccount(door.unit_of_work, door.clock)
    with pytest.raises(InvalidSettings):
        update(user.id, SettingsChange(freshness_days=1, review_sentences_max=1))
    assert read.settings(user.id) == AccountSettings()
    assert update(user.id, SettingsChange(freshness_days=1)).freshness_days == 1
    assert read.settings(user.id) == AccountSettings(freshness_days=1)


def test_what_lets_nobody_in_any_more_is_forgotten(door: Door) -> None:
    """A session that lives and attempts that still count stay."""
    limit = AttemptLimit()
    expire = ExpireSessions(
        unit_of_work=door.unit_of_work, retrying=RETRYING, clock=door.clock, limit=limit
    )
    signed = door.sign_up(ANNA, PASSWORD)
    with pytest.raises(SignInRefused):
        door.sign_in(BORIS, PASSWORD)
    assert expire() == 0
    door.pass_time(limit.window)
    assert expire() == 1
    door.authenticate(signed.token.text)
    door.pass_time(SESSION_LIFETIME - limit.window)
    assert expire() == 1
    assert expire() == 0
