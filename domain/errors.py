"""Refusals: every way a rule of the trade says no, each with a stable code."""


class DomainError(Exception):
    """A rule said no. Safe to show to the person who asked.

    `fields` fill the placeholders of the localised message of `code`; they never hold private text.
    """

    code: str

    def __init__(self, message: str, **fields: str | float) -> None:
        super().__init__(message)
        self.fields = fields


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


class UnknownComponent(DomainError):
    """A profile or a component names a component that the catalogue does not list."""

    code = "unknown_component"


class DependencyCycle(DomainError):
    """Components need each other in a circle."""

    code = "dependency_cycle"


class InvalidProfile(DomainError):
    """A profile is not well formed; the message names the place."""

    code = "invalid_profile"


class MissingTier0Component(DomainError):
    """A profile with a forecast leaves out a component that the forecast's schema reads."""

    code = "missing_tier0_component"


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


class InvalidAmount(DomainError):
    """What was given is no amount of credits, or none that this act allows."""

    code = "invalid_amount"


class InvalidText(DomainError):
    """A key, a note or a reason is empty, too long or not plain text."""

    code = "invalid_text"


class InsufficientCredits(DomainError):
    """More was asked for than the user's available credits cover."""

    code = "insufficient_credits"

    def __init__(self, *, asked: str, available: str) -> None:
        super().__init__(f"{asked} asked for, {available} left", asked=asked, available=available)


class IdempotencyConflict(DomainError):
    """The same key came with other arguments; nothing was done."""

    code = "idempotency_conflict"


class HoldNotFound(DomainError):
    """This user has no hold of that id."""

    code = "hold_not_found"


class HoldEnded(DomainError):
    """The hold was settled, released or has expired; a hold ends exactly once."""

    code = "hold_ended"


class ChargeAboveHold(DomainError):
    """More was to be charged for a component than was held for it."""

    code = "charge_above_hold"


class EntryNotFound(DomainError):
    """This user's ledger has no entry of that number."""

    code = "entry_not_found"


class NotCorrectable(DomainError):
    """Only a charge or a top-up can be corrected, and by no more than it was."""

    code = "not_correctable"


class InvalidPrice(DomainError):
    """A figure that cannot stand in a price list; `figure` names it."""

    code = "invalid_price"


class EstimateNotFound(DomainError):
    """This user has no estimate of that id."""

    code = "estimate_not_found"


class UploadMissing(DomainError):
    """The video that was uploaded for a run is no longer there."""

    code = "upload_missing"


class PaymentEnded(DomainError):
    """The payment has succeeded or was cancelled; another needs a key of its own."""

    code = "payment_ended"


class EstimateExpired(DomainError):
    """The estimate is older than its prices hold."""

    code = "estimate_expired"


class EstimateMismatch(DomainError):
    """The estimate was made for another video or profile."""

    code = "estimate_mismatch"


class UserNotFound(DomainError):
    """Nobody has this id."""

    code = "user_not_found"


class RateLimited(DomainError):
    """The user's plan allows no further run at the moment."""

    code = "rate_limited"


class PaymentNotFound(DomainError):
    """No payment of this id is known."""

    code = "payment_not_found"


class PaymentMismatch(DomainError):
    """What was paid is not what was asked for; nothing was booked."""

    code = "payment_mismatch"


class InvalidEvent(DomainError):
    """What a provider sent is not a message that is understood."""

    code = "invalid_event"


class SignatureInvalid(DomainError):
    """A message was not signed with the secret that is shared with its sender."""

    code = "signature_invalid"


class SignatureExpired(DomainError):
    """A message was signed too long ago, or in the future; it may have been overheard."""

    code = "signature_expired"


class SignedLinkInvalid(DomainError):
    """A link was not signed by us, or for something else; it is as unknown as any other."""

    code = "signed_link_invalid"


class SignedLinkExpired(DomainError):
    """A link was signed by us, and its time is over."""

    code = "signed_link_expired"


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


class UploadNotFound(DomainError):
    """This user has no upload of that id."""

    code = "upload_not_found"


class InvalidUpload(DomainError):
    """Something about an upload is not well formed; `field` names it."""

    code = "invalid_upload"


class UploadEnded(DomainError):
    """The upload is complete or abandoned: it takes no more bytes."""

    code = "upload_ended"


class UploadIncomplete(DomainError):
    """Bytes of the upload are missing; it can go on where it stands."""

    code = "upload_incomplete"


class UploadMismatch(DomainError):
    """What was uploaded is not the file that was declared; nothing of it is kept."""

    code = "upload_mismatch"


class Unauthenticated(DomainError):
    """Who asks is not signed in: no token, or one that is not, or no longer, anybody's."""

    code = "unauthenticated"


class SignInRefused(DomainError):
    """The e-mail address and the password do not belong together; which is wrong is not told."""

    code = "sign_in_refused"


class TooManyAttempts(DomainError):
    """Too many sign-ins with one address have failed lately; it is told when the next may be."""

    code = "too_many_attempts"


class InvalidEmail(DomainError):
    """What was given is no e-mail address."""

    code = "invalid_email"


class EmailTaken(DomainError):
    """Somebody has signed up with this address already."""

    code = "email_taken"


class InvalidPassword(DomainError):
    """A new password is too short, too long or too easily guessed."""

    code = "invalid_password"


class ScopeMissing(DomainError):
    """The API key was not made for this; `scope` names what it lacks."""

    code = "scope_missing"

    def __init__(self, scope: str) -> None:
        super().__init__(f"the key lacks the scope {scope}", scope=scope)


class NotAdministrator(DomainError):
    """Only an administrator may do this."""

    code = "not_administrator"


class ApiKeyNotFound(DomainError):
    """This user has no API key of that id."""

    code = "api_key_not_found"


class InvalidSettings(DomainError):
    """A setting of the account cannot be so; `setting` names it."""

    code = "invalid_settings"


class ProfileNotFound(DomainError):
    """No profile of that name is ours or this user's."""

    code = "profile_not_found"


class TooManyKept(DomainError):
    """A user keeps as many of a kind as anybody may; one has to go first."""

    code = "too_many_kept"

    def __init__(self, *, what: str, limit: int) -> None:
        super().__init__(f"{limit} {what} at most", detail=what, limit=limit)


class InvalidWebhookAddress(DomainError):
    """A webhook cannot go to this address; `detail` says what is wrong with it."""

    code = "invalid_webhook_address"


class InvalidCallbackSecret(DomainError):
    """What is to sign the messages of a callback is too short, too long or not plain."""

    code = "invalid_callback_secret"


class RunNotEnded(DomainError):
    """The run is still to be carried out; there is no whole of it to be taken away."""

    code = "run_not_ended"


class NoWords(DomainError):
    """No component of the run has spoken words, so there are no subtitles."""

    code = "no_words"


class WebhookNotFound(DomainError):
    """This user has no webhook of that id."""

    code = "webhook_not_found"


class TooManyWebhooks(DomainError):
    """The user has as many webhooks as one may have."""

    code = "too_many_webhooks"


class DeliveryNotFound(DomainError):
    """This user has no delivery of that id."""

    code = "delivery_not_found"


class CertificatesExist(DomainError):
    """Certificates are there already, and nobody asked for them to be renewed."""

    code = "certificates_exist"


class InvalidRequest(DomainError):
    """A request over plain HTTP is not of its form; `field` names what is wrong."""

    code = "invalid_request"


class SyncVideoTooLong(DomainError):
    """The video is too long to be waited for; it can be run without waiting."""

    code = "sync_video_too_long"


class SyncTimedOut(DomainError):
    """The run that was waited for has not ended in time; it goes on."""

    code = "sync_timed_out"


class InvalidPage(DomainError):
    """A page, a choice or a comparison was asked for that no list has."""

    code = "invalid_page"


class WrongOffset(DomainError):
    """A part of an upload does not begin where the upload stands; `offset` says where that is."""

    code = "wrong_offset"

    def __init__(self, offset: int) -> None:
        super().__init__(f"the upload stands at {offset}", offset=offset)
        self.offset = offset


class ChecksumMismatch(DomainError):
    """A part of an upload is not what its sender digested; the upload stands where it stood."""

    code = "checksum_mismatch"


class UploadTooLarge(DomainError):
    """More bytes came than were declared; those of this part were not taken."""

    code = "upload_too_large"


class UploadBusy(DomainError):
    """Another part of the same upload is being received."""

    code = "upload_busy"


class TooManyUploads(DomainError):
    """A user has as many uploads under way as may be at once."""

    code = "too_many_uploads"


class InvalidMetadata(DomainError):
    """What is said of a video cannot be; `field` names it."""

    code = "invalid_metadata"


class TooManyVideos(DomainError):
    """As many links of a user as may be at once are being looked at."""

    code = "too_many_videos"
