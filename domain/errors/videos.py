"""Refusals of videos: of their files, of their links, of what is said of them."""

from domain.errors.refusal import DomainError


class UnsupportedInput(DomainError):
    """What was given is not a video that this product reads."""

    code = "unsupported_input"


class VideoFileCorrupted(DomainError):
    """The file is a video, but too little of it can be decoded."""

    code = "video_file_corrupted"


class VideoTooShort(DomainError):
    """The video lasts less than the shortest that is analysed."""

    code = "video_too_short"


class VideoTooLong(DomainError):
    """The video lasts more than the longest that is analysed."""

    code = "video_too_long"


class MetadataRequired(DomainError):
    """A chosen component needs a field of the metadata that was not given (`title_required` …)."""

    code = "metadata_required"

    def __init__(self, field: str) -> None:
        super().__init__(f"the field {field!r} is needed", field=field)
        self.field = field
        self.code = f"{field}_required"


class InvalidMetadata(DomainError):
    """What is said of a video cannot be; `field` names it."""

    code = "invalid_metadata"


class InvalidLink(DomainError):
    """The link is not one of the forms of YouTube link that are understood."""

    code = "invalid_link"


class LinkRefused(DomainError):
    """YouTube refused the video; `reason` is one of a closed list, uploading the file helps."""

    code = "link_refused"

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message, reason=reason)
        self.reason = reason


class DownloadFailed(DomainError):
    """The video could not be fetched although every retry was spent."""

    code = "download_failed"


class VideoNotFound(DomainError):
    """This user has no video of that id."""

    code = "video_not_found"


class VideoNotReady(DomainError):
    """What the video is like is not known yet; it is being asked."""

    code = "video_not_ready"


class VideoRefused(DomainError):
    """The video was refused when it was added; `code` is that of the refusal, kept with it."""

    code = "video_refused"

    def __init__(self, code: str, message: str, **fields: str | float) -> None:
        super().__init__(message, **fields)
        self.code = code


class TooManyVideos(DomainError):
    """As many links of a user as may be at once are being looked at."""

    code = "too_many_videos"
