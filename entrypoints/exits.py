"""How a command ends: exit codes for scripts, a code and a sentence for people."""

import errno
from enum import IntEnum

import click

from application.errors import AdapterError, ResourceExhausted
from application.origins import kind_and_origin
from domain.errors import Cancelled, DomainError, LeaseLost
from entrypoints.language import Language, explain, say
from entrypoints.settings import InvalidSetting, UnknownSetting


class Exit(IntEnum):
    """Exit codes; USAGE is `EX_USAGE` of sysexits, CANCELLED is 128 + SIGINT."""

    OK = 0
    ERROR = 1
    REFUSED = 2
    USAGE = 64
    CANCELLED = 130


def explained(error: Exception, language: Language) -> tuple[str, Exit, str]:
    """The stable code, the exit code and the sentence of whatever ended a command."""
    match error:
        case Cancelled():
            return error.code, Exit.CANCELLED, explain(error, language)
        case LeaseLost() | AdapterError():
            # Where a lease was lost a run exists, which this call did not bring to its end.
            return error.code, Exit.ERROR, explain(error, language)
        case DomainError():
            return error.code, Exit.REFUSED, explain(error, language)
        case UnknownSetting() | InvalidSetting():
            return error.code, Exit.USAGE, say(error.code, language, name=str(error))
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            full = ResourceExhausted("the disk is full")
            return full.code, Exit.ERROR, explain(full, language)
    message = kind_and_origin(error)
    sentence = say("internal_error", language, message=message)
    return "internal_error", Exit.ERROR, sentence


def exit_of(wrong: click.ClickException) -> Exit:
    """Only what the person typed is wrong usage; a missing program, say, is not."""
    return Exit.USAGE if isinstance(wrong, click.UsageError) else Exit.ERROR
