"""Refusals about who asks: signing in, keys, rights and what an account keeps."""

from domain.errors.refusal import DomainError


class UserNotFound(DomainError):
    """Nobody has this id."""

    code = "user_not_found"


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


class TooManyKept(DomainError):
    """A user keeps as many of a kind as anybody may; one has to go first."""

    code = "too_many_kept"

    def __init__(self, *, what: str, limit: int) -> None:
        super().__init__(f"{limit} {what} at most", detail=what, limit=limit)


class CertificatesExist(DomainError):
    """Certificates are there already, and nobody asked for them to be renewed."""

    code = "certificates_exist"
