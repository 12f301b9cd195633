"""Refusals about runs: starting them, owning them, waiting for them, reading them."""

from domain.errors.refusal import DomainError


class InvalidTransition(DomainError):
    """A run or component was asked to move where its state machine does not lead."""

    code = "invalid_transition"


class RunNotFound(DomainError):
    """No run of that id is known."""

    code = "run_not_found"


class ArtifactNotFound(DomainError):
    """The run has no readable artifact of that component."""

    code = "artifact_not_found"


class RunIsOwned(DomainError):
    """Another live worker owns the run."""

    code = "run_is_owned"


class LeaseLost(DomainError):
    """The run was given to another worker; what this one still writes is refused."""

    code = "lease_lost"


class Cancelled(DomainError):
    """The person who asked for the run no longer wants it."""

    code = "cancelled"


class RateLimited(DomainError):
    """The user's plan allows no further run at the moment."""

    code = "rate_limited"


class RunNotEnded(DomainError):
    """The run is still to be carried out; there is no whole of it to be taken away."""

    code = "run_not_ended"


class NoWords(DomainError):
    """No component of the run has spoken words, so there are no subtitles."""

    code = "no_words"


class InvalidPage(DomainError):
    """A page, a choice or a comparison was asked for that no list has."""

    code = "invalid_page"


class InvalidRequest(DomainError):
    """A request over plain HTTP is not of its form; `field` names what is wrong."""

    code = "invalid_request"


class SyncVideoTooLong(DomainError):
    """The video is too long to be waited for; it can be run without waiting."""

    code = "sync_video_too_long"


class SyncTimedOut(DomainError):
    """The run that was waited for has not ended in time; it goes on."""

    code = "sync_timed_out"
