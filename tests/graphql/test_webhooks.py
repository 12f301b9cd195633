"""Webhooks over the API: registered once, told, listed, sent again, and nobody else's business."""

import json
from uuid import UUID

import pytest
from dependency_injector import providers

from adapters.memory.webhook_sender import MemoryWebhookSender
from domain.identity import RunId
from domain.webhook import Outcome, Reply
from tests.believing import believes
from tests.graphql.house import House, Person
from tests.graphql.kept import a_ready_video
from tests.hooks import URL, an_ended_run

REGISTER = """
mutation Register($url: String!) {
  registerWebhook(url: $url) {
    ... on WebhookSecret { secret webhook { id url hasTwoSecrets } }
    ... on Refusal { code fields { name value } }
  }
}
"""
ROTATE = """
mutation Rotate($id: ID!) {
  rotateWebhookSecret(id: $id) {
    ... on WebhookSecret { secret webhook { hasTwoSecrets } } ... on Refusal { code message }
  }
}
"""
DELETE = """
mutation Delete($id: ID!) {
  deleteWebhook(id: $id) { ... on WebhookDeleted { id } ... on Refusal { code message } }
}
"""
RESEND = """
mutation Resend($id: ID!) {
  resendDelivery(id: $id) { ... on Delivery { state } ... on Refusal { code message } }
}
"""
LIST = """
{ webhooks { id url deliveries {
  id event runId deliveryId state tries outcome httpStatus nextAt
} } }
"""
NODED = {"__typename": "Webhook"}
NODE = "query Node($id: ID!) { node(id: $id) { id __typename } }"


@pytest.fixture(scope="module")
def sender(house: House) -> MemoryWebhookSender:
    sender = MemoryWebhookSender()
    deliver = house.container.deliver_webhooks
    deliver.add_kwargs(sender=providers.Object(sender))
    return sender


def registered(person: Person) -> tuple[str, str]:
    """The global id and the secret of a webhook of somebody's."""
    answer = person.asks(REGISTER, url=URL)["registerWebhook"]
    return answer["webhook"]["id"], answer["secret"]


def test_a_program_is_told_and_the_delivery_is_listed(
    house: House, sender: MemoryWebhookSender
) -> None:
    """R-504, end to end but for the network."""
    person = house.person("hooks@example.org")
    _, secret = registered(person)
    now = house.container.clock().now()
    run = house.keep(an_ended_run(at=now), of=person)
    sender.replies[URL] = Reply(Outcome.REFUSED, 500)
    house.container.deliver_webhooks()()
    message = sender.sent[-1]
    assert json.loads(message.body)["run"] == str(run.id)
    assert believes(message, secret, now=now)
    [webhook] = person.asks(LIST)["webhooks"]
    [delivery] = webhook["deliveries"]
    assert delivery["nextAt"] is not None
    assert (delivery["event"], delivery["runId"]) == ("run.error", str(run.id))
    assert (delivery["state"], delivery["tries"]) == ("WAITING", 1)
    assert (delivery["outcome"], delivery["httpStatus"]) == ("REFUSED", 500)
    del sender.replies[URL]
    assert person.asks(RESEND, id=delivery["id"])["resendDelivery"] == {"state": "WAITING"}
    house.container.deliver_webhooks()()
    [after] = person.asks(LIST)["webhooks"][0]["deliveries"]
    assert (after["state"], after["nextAt"]) == ("DELIVERED", None)
    assert json.loads(sender.sent[-1].body)["delivery"] == after["deliveryId"]


def test_a_secret_is_told_once_and_rotated(house: House) -> None:
    person = house.person("rotates@example.org")
    webhook_id, secret = registered(person)
    answer = person.asks(ROTATE, id=webhook_id)["rotateWebhookSecret"]
    assert answer["webhook"] == {"hasTwoSecrets": True}
    assert answer["secret"] != secret
    listed = person.posts(LIST).text
    assert URL in listed
    assert not any(word in listed for word in (secret, answer["secret"], "whsec_"))


def test_a_refused_address_says_what_is_wrong_with_it(house: House) -> None:
    person = house.person("refused@example.org")
    answer = person.asks(REGISTER, url="https://127.0.0.1/")["registerWebhook"]
    assert answer["code"] == "invalid_webhook_address"
    assert {"name": "detail", "value": "not_public"} in answer["fields"]


def test_anothers_webhook_is_answered_as_one_that_never_was(
    house: House, sender: MemoryWebhookSender
) -> None:
    """Hardening 59."""
    del sender
    owner, stranger = house.person("owns@example.org"), house.person("other@example.org")
    webhook_id, _ = registered(owner)
    house.keep(an_ended_run(at=house.container.clock().now()), of=owner)
    house.container.deliver_webhooks()()
    [webhook] = owner.asks(LIST)["webhooks"]
    delivery_id = webhook["deliveries"][0]["id"]
    assert owner.asks(NODE, id=webhook_id)["node"]["__typename"] == "Webhook"
    assert owner.asks(NODE, id=delivery_id)["node"]["__typename"] == "Delivery"
    for query, known, unknown in (
        (ROTATE, webhook_id, "nonsense"),
        (DELETE, webhook_id, "nonsense"),
        (RESEND, delivery_id, webhook_id),
        (NODE, webhook_id, "nonsense"),
        (NODE, delivery_id, "nonsense"),
    ):
        assert stranger.posts(query, id=known).text == stranger.posts(query, id=unknown).text
    assert stranger.asks(LIST)["webhooks"] == []
    assert owner.asks(DELETE, id=webhook_id)["deleteWebhook"] == {"id": webhook_id}
    assert owner.asks(LIST)["webhooks"] == []


def test_nobody_has_no_webhooks(house: House) -> None:
    assert house.nobody.is_told(LIST) == "unauthenticated"
    assert house.nobody.is_told(REGISTER, url=URL) == "unauthenticated"


START = """
mutation Start($video: ID!, $key: String!, $url: String!, $secret: String!) {
  startRun(
    video: $video, profile: "fast", idempotencyKey: $key, callback: {url: $url, secret: $secret}
  ) { ... on Run { id runId callbacks { id url } } ... on Refusal { code message } }
}
"""
CALLBACKS = """
query Callbacks($id: ID!) {
  run(id: $id) { callbacks { id url deliveries { id event runId state } } }
}
"""


def test_a_run_names_a_callback_whose_deliveries_are_listed_with_it(
    house: House, sender: MemoryWebhookSender
) -> None:
    """R-501, R-504: signed with the asker's own secret; stopped by forgetting it."""
    person, secret = house.person("callback@example.org"), "s" * 32
    house.give(person, "100")
    given = {"video": a_ready_video(house, person), "url": f"{URL}/run", "secret": secret}
    run = person.asks(START, key="k", **given)["startRun"]
    [callback] = run["callbacks"]
    assert callback["url"] == f"{URL}/run"
    assert person.asks(LIST)["webhooks"] == []
    assert person.asks(NODE, id=callback["id"])["node"] == {**NODED, "id": callback["id"]}
    assert house.person("not-theirs@example.org").asks(NODE, id=callback["id"])["node"] is None

    assert person.user_id is not None
    house.container.cancel_run()(person.user_id, RunId(UUID(run["runId"])))
    house.container.deliver_webhooks()()
    message = sender.sent[-1]
    assert message.url == f"{URL}/run"
    assert believes(message, secret, now=house.container.clock().now())
    [listed] = person.asks(CALLBACKS, id=run["id"])["run"]["callbacks"]
    [delivery] = listed["deliveries"]
    told = (delivery["event"], delivery["runId"], delivery["state"])
    assert told == ("run.cancelled", run["runId"], "DELIVERED")
    assert person.asks(RESEND, id=delivery["id"])["resendDelivery"] == {"state": "WAITING"}
    assert person.asks(DELETE, id=callback["id"])["deleteWebhook"] == {"id": callback["id"]}
    assert person.asks(CALLBACKS, id=run["id"])["run"]["callbacks"] == []


def test_a_callback_that_cannot_be_starts_nothing_and_its_secret_is_not_repeated(
    house: House,
) -> None:
    person = house.person("nocallback@example.org")
    house.give(person, "100")
    video = a_ready_video(house, person)
    for url, secret, code in (
        ("https://169.254.169.254/", "s" * 32, "invalid_webhook_address"),
        (URL, "canary", "invalid_callback_secret"),
    ):
        answer = person.posts(START, video=video, key="k", url=url, secret=secret)
        assert answer.json()["data"]["startRun"]["code"] == code
        assert "canary" not in answer.text
    assert person.asks("{ balance { held } }") == {"balance": {"held": "0.00"}}
