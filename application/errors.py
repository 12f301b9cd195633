"""Failures of the world beyond the ports, and whether trying again may help."""


class AdapterError(Exception):
    """Something outside failed. Callers retry exactly when `retryable` says so (R-507).

    `code` is stable; the message holds no user text, token or address.
    """

    def __init__(self, message: str, *, code: str, retryable: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.retryable = retryable


class ResourceExhausted(AdapterError):
    """The disk or the memory is full."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="resource_exhausted")


class TimedOut(AdapterError):
    """A step took longer than its limit and was stopped."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="timed_out", retryable=True)


class ArtifactCorrupt(AdapterError):
    """A stored artifact does not read as what was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="artifact_corrupt")


class ResultsIncomplete(AdapterError):
    """A run that ended well no longer has everything that its manifest promises."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="results_incomplete")


class HandedBack(Exception):
    """The worker is about to end: its run goes back to the queue as it stands, to be resumed."""


class InvalidMeasurement(Exception):
    """A component gave arrays that its own schema forbids: an error with a name, not a result.

    `code` is one of `schema_mismatch, out_of_range, mostly_missing, constant_output`; `array` is
    the array at fault.
    """

    def __init__(self, message: str, *, code: str, array: str) -> None:
        super().__init__(f"{array}: {message}")
        self.code = code
        self.array = array
