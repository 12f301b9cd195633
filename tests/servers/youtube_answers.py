"""Our idea of what YouTube answers: the player's JSON, the comments' JSON, the refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.link_refusal import LinkRefusal

CDN = "r1---sn-fake.googlevideo.com"
COMMENTS_A_PAGE = 20

# What the player says in place of a video: status, reason, and what stands under it.
REFUSALS: Mapping[LinkRefusal, dict[str, Any]] = {
    LinkRefusal.PRIVATE: {"status": "LOGIN_REQUIRED", "reason": "This video is private"},
    LinkRefusal.REMOVED: {
        "status": "ERROR",
        "reason": "This video has been removed by the uploader",
    },
    LinkRefusal.AGE: {
        "status": "LOGIN_REQUIRED",
        "reason": "Sign in to confirm your age",
    },
    LinkRefusal.REGION: {
        "status": "UNPLAYABLE",
        "reason": "Video unavailable",
        "errorScreen": {
            "playerErrorMessageRenderer": {
                "reason": {"simpleText": "Video unavailable"},
                "subreason": {
                    "simpleText": "The uploader has not made this video available in your country"
                },
            }
        },
    },
    LinkRefusal.MEMBERS_ONLY: {
        "status": "UNPLAYABLE",
        "reason": "Join this channel to get access to members-only content like this video.",
    },
    LinkRefusal.LIVE: {
        "status": "LIVE_STREAM_OFFLINE",
        "reason": "This live event will begin in 3 hours.",
    },
    LinkRefusal.BOT_CHECK: {
        "status": "LOGIN_REQUIRED",
        "reason": "Sign in to confirm you’re not a bot",
    },
    LinkRefusal.RATE_LIMITED: {
        "status": "UNPLAYABLE",
        "reason": "This content isn't available, try again later.",
    },
    LinkRefusal.UNAVAILABLE: {"status": "ERROR", "reason": "Video unavailable"},
}


class Fault(StrEnum):
    """How the next request for a video's bytes goes wrong."""

    RESET = "reset"
    TRUNCATED = "truncated"
    STALLED = "stalled"
    TRICKLE = "trickle"
    FORBIDDEN = "403"
    TOO_MANY = "429"
    BUSY = "503"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One format of a video; `itag` is YouTube's number for it."""

    itag: int
    content: bytes
    height: int | None
    codecs: str
    width: int | None = None

    def listing(self, *, signature: str) -> dict[str, Any]:
        """What the player's answer says of it."""
        is_picture = self.height is not None
        entry: dict[str, Any] = {
            "itag": self.itag,
            "url": f"https://{CDN}/videoplayback?itag={self.itag}&expire=9999999999&sig={signature}",
            "bitrate": (self.height or 128) * 1000,
            "contentLength": str(len(self.content)),
            "lastModified": "1",
            "mimeType": f'{"video" if is_picture else "audio"}/mp4; codecs="{self.codecs}"',
        }
        if self.height is not None:
            entry |= {
                "width": self.width or self.height * 16 // 9,
                "height": self.height,
                "fps": 25,
                "qualityLabel": f"{self.height}p",
            }
        if "mp4a" in self.codecs:
            entry |= {
                "audioQuality": "AUDIO_QUALITY_MEDIUM",
                "audioSampleRate": "44100",
                "audioChannels": 2,
            }
        return entry


@dataclass(slots=True, kw_only=True)
class FakeVideo:
    """A video on the fake YouTube and what goes wrong with it."""

    title: str = "A talk"
    description: str = "What it is about"
    duration_s: int = 6
    renditions: tuple[Rendition, ...] = ()
    refusal: LinkRefusal | None = None
    refusal_addition: str = ""
    is_live: bool = False
    comments: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)
    player_statuses: list[int] = field(default_factory=list)
    signature: str = "s1gnature"

    def player(self, video_id: str) -> dict[str, Any]:
        """The answer of /youtubei/v1/player."""
        if self.refusal is not None:
            status = REFUSALS[self.refusal]
            return {
                "playabilityStatus": status | {"reason": status["reason"] + self.refusal_addition},
                "videoDetails": {"videoId": video_id},
            }
        listed = {one: one.listing(signature=self.signature) for one in self.renditions}
        return {
            "playabilityStatus": {"status": "OK", "playableInEmbed": True},
            "videoDetails": {
                "videoId": video_id,
                "title": self.title,
                "shortDescription": self.description,
                "lengthSeconds": str(self.duration_s),
                "channelId": "UC" + "a" * 22,
                "author": "A channel",
                "keywords": ["night", "film"],
                "viewCount": "1234",
                "isLiveContent": self.is_live,
                "isLive": self.is_live,
                "thumbnail": {"thumbnails": []},
            },
            "microformat": {
                "playerMicroformatRenderer": {
                    "category": "Education",
                    "uploadDate": "2024-05-01T10:00:00+00:00",
                }
            },
            "streamingData": {
                "expiresInSeconds": "21540",
                "formats": [entry for one, entry in listed.items() if "," in one.codecs],
                "adaptiveFormats": [
                    entry for one, entry in listed.items() if "," not in one.codecs
                ],
            },
        }

    def beside(self) -> dict[str, Any]:
        """The answer of /youtubei/v1/next to a video: what stands around the player."""
        owner = {
            "title": {"runs": [{"text": "A channel"}]},
            "subscriberCountText": {"simpleText": "5.6K subscribers"},
        }
        shown = [{"videoSecondaryInfoRenderer": {"owner": {"videoOwnerRenderer": owner}}}]
        results = {"results": {"results": {"contents": shown}}}
        return {"contents": {"twoColumnWatchNextResults": results}}

    def comments_page(self, continuation: str) -> dict[str, Any]:
        """The answer of /youtubei/v1/next: first the heading, then pages of comments."""
        if not continuation.startswith("page-"):
            return _reload([{"commentsHeaderRenderer": _sort_menu("page-0")}])
        page = int(continuation.removeprefix("page-"))
        start = page * COMMENTS_A_PAGE
        shown = self.comments[start : start + COMMENTS_A_PAGE]
        items = [_comment(start + i, text) for i, text in enumerate(shown)]
        if start + COMMENTS_A_PAGE < len(self.comments):
            items.append({"continuationItemRenderer": _continue(f"page-{page + 1}")})
        return _reload(items)


def _reload(items: list[dict[str, Any]]) -> dict[str, Any]:
    command = {"reloadContinuationItemsCommand": {"continuationItems": items}}
    return {"onResponseReceivedEndpoints": [command]}


def _continue(token: str) -> dict[str, Any]:
    return {"continuationEndpoint": {"continuationCommand": {"token": token}}}


def _sort_menu(token: str) -> dict[str, Any]:
    item = {"title": "Top", "serviceEndpoint": {"continuationCommand": {"token": token}}}
    return {"sortMenu": {"sortFilterSubMenuRenderer": {"subMenuItems": [item]}}}


def _comment(number: int, text: str) -> dict[str, Any]:
    renderer = {"commentId": f"comment-{number}", "contentText": {"simpleText": text}}
    return {"commentThreadRenderer": {"comment": {"commentRenderer": renderer}}}
