"""Many requests of one user at the same moment, on both databases: a limit is a limit."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from adapters.memory.clock import FixedClock
from adapters.memory.pauses import NoPauses
from adapters.memory.randomness import CountedRandomness
from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from adapters.toml.profiles import TomlProfiles
from application.retrying import Retrying
from application.use_cases.add_video import RESOLVING_MAX, AddVideo
from application.use_cases.create_api_key import CreateApiKey
from application.use_cases.register_webhook import RegisterWebhook
from application.use_cases.save_profile import SaveProfile
from application.use_cases.update_settings import SettingsChange, UpdateSettings
from domain.account_settings import Language
from domain.api_key import API_KEYS_MAX, Scope
from domain.caller import Caller
from domain.catalogue import Catalogue
from domain.errors import TooManyKept, TooManyVideos, TooManyWebhooks
from domain.ledger import UserId
from domain.profile import ComponentChoice
from domain.saved_profile import PROFILES_MAX
from domain.user import User
from domain.video import Metadata, YoutubeLink
from domain.webhook import WEBHOOKS_MAX
from domain.webhook_address import AddressPolicy
from tests.builders import a_spec

AT_ONCE = 8
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class House:
    """One user on a real database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.user = User(id=UserId(uuid4()), name="anna@example.org", created_at=NOW)
        with self.unit_of_work() as work:
            work.users.add(self.user)
            work.commit()
        self.retrying = Retrying(NoPauses())

    def unit_of_work(self) -> SqlUnitOfWork:
        return SqlUnitOfWork(self._engine)


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    upgrade(database_url)
    engine = connect(database_url)
    yield House(engine)
    engine.dispose()


def refused(act: Callable[[int], object], times: int) -> int:
    """How many of so many requests were told that there are too many."""
    ready = Barrier(AT_ONCE, timeout=30)

    def asked(number: int) -> bool:
        if number < AT_ONCE:
            ready.wait()
        try:
            act(number)
        except (TooManyKept, TooManyVideos, TooManyWebhooks):
            return True
        return False

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(asked, range(times)))


def test_keys(house: House) -> None:
    create = CreateApiKey(
        unit_of_work=house.unit_of_work,
        retrying=house.retrying,
        clock=FixedClock(),
        randomness=CountedRandomness(),
    )
    caller = Caller(user=house.user, scopes=frozenset(Scope))
    asked = API_KEYS_MAX + AT_ONCE
    assert refused(lambda n: create(caller, name=str(n), scopes=[Scope.READ]), asked) == AT_ONCE
    with house.unit_of_work() as work:
        assert len(work.api_keys.of(house.user.id)) == API_KEYS_MAX


def test_webhooks(house: House) -> None:
    register = RegisterWebhook(
        unit_of_work=house.unit_of_work, clock=FixedClock(), policy=AddressPolicy.HTTPS
    )
    asked = WEBHOOKS_MAX + AT_ONCE
    assert refused(lambda n: register(house.user.id, f"https://a{n}.org/"), asked) == AT_ONCE


def test_profiles(house: House) -> None:
    save = SaveProfile(
        unit_of_work=house.unit_of_work,
        catalogue=Catalogue([a_spec("shots")]),
        profiles=TomlProfiles(),
    )
    choices = [ComponentChoice("shots")]
    asked = PROFILES_MAX + AT_ONCE
    found = refused(lambda n: save(house.user.id, name=f"mine-{n}", choices=choices), asked)
    assert found == AT_ONCE


def test_videos_whose_facts_are_asked_for(house: House) -> None:
    add = AddVideo(unit_of_work=house.unit_of_work, clock=FixedClock(), retrying=house.retrying)

    def added(number: int) -> None:
        add(house.user.id, YoutubeLink(f"{number:011d}"), Metadata())

    assert refused(added, RESOLVING_MAX + AT_ONCE) == AT_ONCE


def test_two_changes_of_settings_both_stay(house: House) -> None:
    update = UpdateSettings(unit_of_work=house.unit_of_work, retrying=house.retrying)
    changes = [
        SettingsChange(freshness_days=7),
        SettingsChange(language=Language.EN),
        SettingsChange(review_sentences_min=20),
        SettingsChange(review_sentences_max=90),
    ]
    ready = Barrier(len(changes), timeout=30)

    def changed(change: SettingsChange) -> None:
        ready.wait()
        update(house.user.id, change)

    with ThreadPoolExecutor(len(changes)) as pool:
        list(pool.map(changed, changes))
    with house.unit_of_work() as work:
        kept = work.user_settings.of(house.user.id)
    assert (kept.freshness_days, kept.language) == (7, Language.EN)
    assert (kept.review_sentences_min, kept.review_sentences_max) == (20, 90)
