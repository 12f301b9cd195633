"""The closed list of reasons for which a link cannot be analysed, each with what to do instead."""

from enum import StrEnum

from domain.errors import LinkRefused

INSTEAD = "upload the file instead"


class LinkRefusal(StrEnum):
    """Why a link does not give us a video (R-106)."""

    PRIVATE = "private"
    REMOVED = "removed"
    AGE = "age"
    REGION = "region"
    MEMBERS_ONLY = "members_only"
    LIVE = "live"
    BOT_CHECK = "bot_check"
    RATE_LIMITED = "rate_limited"
    FORMAT_MISSING = "format_missing"
    RUNTIME_MISSING = "runtime_missing"
    UNAVAILABLE = "unavailable"
    SWITCHED_OFF = "switched_off"

    @property
    def blames_us(self) -> bool:
        """Whether YouTube minds who asks, not what is asked for: asking more makes it worse."""
        return self in {LinkRefusal.BOT_CHECK, LinkRefusal.RATE_LIMITED}

    def error(self) -> LinkRefused:
        """The refusal to show: one sentence that ends with what helps."""
        return LinkRefused(self.value, f"{_SENTENCES[self]}; {INSTEAD}.")


_SENTENCES = {
    LinkRefusal.PRIVATE: "The video is private",
    LinkRefusal.REMOVED: "The video has been removed from YouTube",
    LinkRefusal.AGE: "YouTube shows this video only to viewers whose age it knows",
    LinkRefusal.REGION: "The video is not available in the country we ask from",
    LinkRefusal.MEMBERS_ONLY: "The video is for members of its channel only",
    LinkRefusal.LIVE: "The video is live, has not begun or is still being processed by YouTube",
    LinkRefusal.BOT_CHECK: "YouTube asks us to prove that we are not a robot",
    LinkRefusal.RATE_LIMITED: "YouTube does not take more requests from us for a while",
    LinkRefusal.FORMAT_MISSING: "YouTube does not offer the video in the chosen format",
    LinkRefusal.RUNTIME_MISSING: "YouTube needs a JavaScript runtime, and none is installed here",
    LinkRefusal.UNAVAILABLE: "YouTube does not give out this video",
    LinkRefusal.SWITCHED_OFF: "Links are switched off in this installation",
}
