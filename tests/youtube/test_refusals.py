"""What YouTube refuses and the breaker that keeps us from asking on."""

from pathlib import Path

import pytest

from adapters.youtube.breaker import CircuitBreaker
from domain.errors import DownloadFailed, LinkRefused
from domain.link_refusal import LinkRefusal
from tests.servers.youtube import FakeYoutube
from tests.servers.youtube_answers import Fault
from tests.youtube.clients import a_client
from tests.youtube.downloads import download

pytestmark = pytest.mark.requires("ffmpeg", "js_runtime")


class SteppedClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_live_stream_is_refused_though_it_could_be_downloaded(
    youtube: FakeYoutube, tmp_path: Path
) -> None:
    link = youtube.publish(is_live=True)
    with pytest.raises(LinkRefused) as refusal:
        download(a_client(youtube), link, tmp_path)
    assert refusal.value.reason == "live"
    assert youtube.asked("media") == []


def test_a_429_of_the_player_is_rate_limited_and_not_repeated(youtube: FakeYoutube) -> None:
    link = youtube.publish(player_statuses=[429])
    with pytest.raises(LinkRefused) as refusal:
        a_client(youtube).facts(link)
    assert refusal.value.reason == "rate_limited"
    assert len(youtube.asked("player")) == 1


def test_a_429_of_the_content_server_is_rate_limited_and_leaves_nothing(
    youtube: FakeYoutube, tmp_path: Path
) -> None:
    with pytest.raises(LinkRefused) as refusal:
        download(a_client(youtube), youtube.publish(faults=[Fault.TOO_MANY]), tmp_path)
    assert refusal.value.reason == "rate_limited"
    assert len(youtube.asked("media")) == 1
    assert list(tmp_path.iterdir()) == []


def test_without_a_javascript_runtime_nothing_is_asked(youtube: FakeYoutube) -> None:
    client = a_client(youtube, runtimes=())
    assert client.describe()["javascript"] == "runtime_missing"
    with pytest.raises(LinkRefused) as refusal:
        client.facts(youtube.publish())
    assert refusal.value.reason == "runtime_missing"
    assert youtube.requests == []


def test_the_description_names_versions(youtube: FakeYoutube) -> None:
    described = a_client(youtube).describe()
    assert described["javascript"].split()[0] in {"deno", "node"}
    assert described["ffmpeg"] == "found"
    assert described["egress"] == "open"
    assert described["yt-dlp"][:2] == "20"


@pytest.mark.parametrize("reason", [LinkRefusal.BOT_CHECK, LinkRefusal.RATE_LIMITED])
def test_after_three_such_refusals_nothing_is_asked_for_a_while(
    youtube: FakeYoutube, reason: LinkRefusal
) -> None:
    clock = SteppedClock()
    breaker = CircuitBreaker(refusals_max=3, rest_s=60.0, monotonic=clock)
    client = a_client(youtube, breaker=breaker)
    link = youtube.publish(refusal=reason)
    for _ in range(3):
        with pytest.raises(LinkRefused):
            client.facts(link)
    asked = len(youtube.requests)
    assert client.describe()["egress"] == f"resting: {reason.value}"
    clock.now_s += 59.0
    with pytest.raises(LinkRefused) as refusal:
        client.facts(link)
    assert refusal.value.reason == reason.value
    assert len(youtube.requests) == asked
    clock.now_s += 1.0
    with pytest.raises(LinkRefused):
        client.facts(link)
    assert len(youtube.requests) > asked
    assert client.describe()["egress"] == f"resting: {reason.value}"


def test_an_answer_in_between_begins_the_count_anew(youtube: FakeYoutube) -> None:
    client = a_client(youtube, breaker=CircuitBreaker(refusals_max=2))
    link = youtube.publish()
    video = youtube.videos[link.video_id]
    for _ in range(3):
        video.refusal = LinkRefusal.BOT_CHECK
        with pytest.raises(LinkRefused):
            client.facts(link)
        video.refusal = LinkRefusal.PRIVATE
        with pytest.raises(LinkRefused):
            client.facts(link)
    assert client.describe()["egress"] == "open"


def test_another_egress_is_not_held_back() -> None:
    breaker = CircuitBreaker(refusals_max=1)
    breaker.distrusted("direct", LinkRefusal.BOT_CHECK)
    assert breaker.refusal("direct") is LinkRefusal.BOT_CHECK
    assert breaker.refusal("http://other.example") is None


def test_a_lost_connection_does_not_open_the_breaker(youtube: FakeYoutube, tmp_path: Path) -> None:
    client = a_client(youtube, breaker=CircuitBreaker(refusals_max=1))
    with pytest.raises(DownloadFailed):
        download(client, youtube.publish(faults=[Fault.BUSY] * 4), tmp_path)
    assert client.describe()["egress"] == "open"
