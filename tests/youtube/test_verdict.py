"""What YouTube is known to say, and what the words mean to us."""

import errno

import pytest
from yt_dlp.networking.exceptions import TransportError
from yt_dlp.utils import DownloadError, ExtractorError, GeoRestrictedError, PostProcessingError

from adapters.youtube.journal import Journal
from adapters.youtube.verdict import (
    DiskFull,
    Lost,
    Refused,
    verdict_on_fetching,
    verdict_on_looking,
)
from domain.link_refusal import LinkRefusal


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Private video. Sign in if you've been granted access to this video.", "private"),
        ("Video unavailable. This video is private", "private"),
        ("Video unavailable. This video has been removed by the uploader", "removed"),
        (
            (
                "Video unavailable. This video is no longer available because the YouTube account "
                "associated with this video has been terminated."
            ),
            "removed",
        ),
        ("This video has been removed for violating YouTube's Community Guidelines", "removed"),
        (
            "Video unavailable. This video is no longer available due to a copyright claim by X",
            "removed",
        ),
        ("Sign in to confirm your age. This video may be inappropriate for some users.", "age"),
        ("This video is age-restricted and only available on YouTube", "age"),
        (
            "Video unavailable. The uploader has not made this video available in your country",
            "region",
        ),
        (
            (
                "Video unavailable. This video contains content from X, who has blocked it in your "
                "country on copyright grounds"
            ),
            "region",
        ),
        (
            (
                "Join this channel to get access to members-only content like this video, and "
                "other exclusive perks."
            ),
            "members_only",
        ),
        (
            (
                "This video is available to this channel's members on level: Fans (or any higher "
                "level)."
            ),
            "members_only",
        ),
        ("This live event will begin in 2 days.", "live"),
        ("Premieres in 45 minutes", "live"),
        ("This live stream recording is not available.", "live"),
        ("Sign in to confirm you’re not a bot. Use --cookies for the authentication", "bot_check"),
        ("Sign in to confirm you're not a bot", "bot_check"),
        (
            "All player responses are invalid. Your IP is likely being blocked by Youtube",
            "bot_check",
        ),
        (
            (
                "Video unavailable. This content isn't available, try again later. The current "
                "session has been rate-limited by YouTube for up to an hour."
            ),
            "rate_limited",
        ),
        ("Requested format is not available. Use --list-formats", "format_missing"),
        ("This video is DRM protected", "format_missing"),
        ("Video unavailable", "unavailable"),
        ("This video requires payment to watch", "unavailable"),
    ],
)
def test_known_words_have_their_reason(said: str, reason: str) -> None:
    error = DownloadError(f"ERROR: [youtube] aaaaaaaaaaa: {said}")
    assert verdict_on_looking(error, Journal()) == Refused(LinkRefusal(reason))


def test_a_region_is_known_by_its_error_whatever_it_says() -> None:
    geo = GeoRestrictedError("anything", countries=["DE"])
    error = DownloadError("ERROR: anything", (GeoRestrictedError, geo, None))
    assert verdict_on_looking(error, Journal()) == Refused(LinkRefusal.REGION)


def test_a_cause_deep_in_the_chain_is_found() -> None:
    lost = ExtractorError("Unable to download API page", cause=TransportError("reset"))
    error = DownloadError("ERROR: Unable", (ExtractorError, lost, None))
    assert verdict_on_looking(error, Journal()) == Lost("connection")


def test_a_warned_429_explains_an_answer_that_is_missing() -> None:
    journal = Journal()
    journal.warning("[youtube] aaaaaaaaaaa: HTTP Error 429: Too Many Requests")
    error = DownloadError("ERROR: [youtube] aaaaaaaaaaa: Failed to extract any player response")
    assert verdict_on_looking(error, journal) == Refused(LinkRefusal.RATE_LIMITED)


def test_a_full_disk_is_no_loss_of_the_network() -> None:
    said = DownloadError("ERROR: unable to write data: [Errno 28] No space left on device")
    assert verdict_on_fetching(said, Journal()) == DiskFull()
    full = OSError(errno.ENOSPC, "full")
    carried = DownloadError("ERROR: unable to open", (OSError, full, None))
    assert verdict_on_fetching(carried, Journal()) == DiskFull()


def test_a_failed_merge_is_known_by_its_error() -> None:
    error = DownloadError("ERROR", (PostProcessingError, PostProcessingError("no"), None))
    assert verdict_on_fetching(error, Journal()) == Lost("merge")


def test_the_journal_keeps_codes_and_forgets_words() -> None:
    journal = Journal()
    journal.warning("a title: HTTP Error 403: Forbidden (caused by <HTTPError 403: Forbidden>)")
    journal.error("another: read timed out")
    journal.debug("https://signed.example/")
    assert journal.codes == {"http_403", "connection"}
    assert dict(journal.counts) == {"warning": 1, "error": 1, "debug": 1}
    assert "title" not in repr(vars(journal))
