"""A start that names a callback: kept with the run, once, and heard of whatever is given."""

from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.video_files import MadeVideo
from adapters.memory.webhook_sender import MemoryWebhookSender
from application.use_cases.deliver_webhooks import DeliverWebhooks
from application.use_cases.start_run import Request
from domain.callback import CALLBACKS_MAX, Callback
from domain.errors import DomainError, IdempotencyConflict, InvalidCallbackSecret, TooManyWebhooks
from domain.kept_video import KeptVideo
from domain.ledger import UserId
from domain.run import Run
from domain.video import Metadata
from domain.webhook_address import AddressPolicy
from tests.features.app import App, a_choice

ONE = Callback("https://hooks.example.com/one", "1" * 32)
TWO = Callback("https://hooks.example.com/two", "2" * 32)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


@pytest.fixture
def video(app: App) -> KeptVideo:
    content = app.video(MadeVideo(duration_s=10.0)).read_bytes()
    sent = app.create_upload(
        app.user, size_bytes=len(content), sha256=None, metadata=Metadata(title="A talk")
    ).upload
    part = app.receive_part(app.user, sent.id, offset=0, sha256=None)
    part.write(content)
    part.end()
    return app.complete_upload(app.user, sent.id)


def started(app: App, video: KeptVideo, callback: Callback | None, *, key: str = "") -> Run:
    request = Request(user_id=app.user, key=key or uuid4().hex, callback=callback)
    return app.start_video_run(video.id, a_choice("title"), request)


def addresses(app: App, run: Run) -> list[str]:
    with app.unit_of_work() as work:
        return [webhook.url for webhook in work.webhooks.of_run(app.user, run.id)]


def told(app: App) -> list[str]:
    """Whom a round of deliveries reaches."""
    sender = MemoryWebhookSender()
    deliver = DeliverWebhooks(
        unit_of_work=app.unit_of_work, sender=sender, clock=app.clock, chance=lambda: 0.5
    )
    deliver()
    return [message.url for message in sender.sent]


def test_the_end_of_the_run_is_told_once(app: App, video: KeptVideo) -> None:
    """R-504."""
    run = started(app, video, ONE)
    assert told(app) == []
    app.carry_out(run.id)
    assert told(app) == [ONE.url]
    assert told(app) == []


def test_the_same_start_again_names_the_same_callback(app: App, video: KeptVideo) -> None:
    run = started(app, video, ONE, key="click")
    assert started(app, video, ONE, key="click").id == run.id
    assert started(app, video, None, key="click").id == run.id
    assert addresses(app, run) == [ONE.url]
    with pytest.raises(IdempotencyConflict):
        started(app, video, TWO, key="click")
    assert addresses(app, run) == [ONE.url]


def test_the_same_address_with_another_secret_is_another_callback(
    app: App, video: KeptVideo
) -> None:
    """Whoever waits there would take what the former secret signs for somebody else's."""
    run, other = started(app, video, ONE, key="click"), Callback(ONE.url, "3" * 32)
    with pytest.raises(IdempotencyConflict):
        started(app, video, other, key="click")
    app.carry_out(run.id)
    assert told(app) == [ONE.url]
    assert started(app, video, other).id == run.id
    assert told(app) == [ONE.url]
    with app.unit_of_work() as work:
        secrets = {webhook.secrets for webhook in work.webhooks.of_run(app.user, run.id)}
    assert secrets == {(ONE.secret,), (other.secret,)}


def test_a_start_that_is_refused_calls_nobody(app: App, video: KeptVideo) -> None:
    """R-604: all of it or nothing."""
    app.user = UserId(uuid4())
    with pytest.raises(DomainError):
        started(app, video, ONE)
    with app.unit_of_work() as work:
        assert work.webhooks.of_user(app.user) == []
    assert told(app) == []


def test_a_fresh_result_is_told_at_once(app: App, video: KeptVideo) -> None:
    """R-509: whoever waits to be called would else wait for ever."""
    run = started(app, video, None)
    app.carry_out(run.id)
    for callback in (ONE, ONE, TWO):
        assert started(app, video, callback).id == run.id
    assert sorted(addresses(app, run)) == [ONE.url, TWO.url]
    assert sorted(told(app)) == [ONE.url, TWO.url]


def test_a_run_calls_so_many_and_no_more(app: App, video: KeptVideo) -> None:
    run = started(app, video, None)
    app.carry_out(run.id)
    many = [Callback(f"https://hooks.example.com/{n}", "s" * 32) for n in range(CALLBACKS_MAX + 1)]
    for callback in many[:-1]:
        started(app, video, callback)
    with pytest.raises(TooManyWebhooks):
        started(app, video, many[-1])
    assert len(addresses(app, run)) == CALLBACKS_MAX


def test_whoever_was_to_hear_of_a_run_hears_of_its_second_try(app: App, video: KeptVideo) -> None:
    run = started(app, video, ONE)
    app.cancel(app.user, run.id)
    assert told(app) == [ONE.url]
    again = app.retry(app.user, run.id, key="again")
    assert addresses(app, again) == [ONE.url]
    app.carry_out(again.id)
    assert told(app) == [ONE.url]


@pytest.mark.parametrize("secret", ["", "s" * 31, "s" * 129, "s" * 31 + " ", "s" * 31 + "ß"])
def test_a_secret_that_is_none_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(InvalidCallbackSecret) as refusal:
        Callback.parse("https://hooks.example.com/", secret, policy=AddressPolicy.HTTPS)
    assert not secret or secret not in str(refusal.value)
    assert "1" * 32 not in repr(ONE)
