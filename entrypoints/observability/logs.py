"""Logs: events with plain values, one a line, and never what people wrote (R-706).

Our own lines are `event name=value …` by rule. What a library says may hold anything, an address or
a title among it: of such a line only who said it, how loud and how long it is are written.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TextIO

from application.origins import origin_of
from entrypoints.observability.correlation import correlation
from entrypoints.operation import LogFormat

OURS = ("domain", "application", "adapters", "entrypoints", "migrations")

_VALUE = re.compile(r"([a-z][a-z0-9_]*)=(\S*)")
_EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")


def configure_logging(form: LogFormat, *, stream: TextIO | None = None) -> None:
    """Makes every line of this process an event on `stream` (standard error).

    Ours from INFO on, libraries' from WARNING on.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines() if form is LogFormat.JSON else TextLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)


def fields_of(record: logging.LogRecord) -> dict[str, str]:
    """What a line tells, in the order it is written."""
    found = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        **_told(record),
        "logger": record.name,
    }
    if correlation():
        found["correlation"] = correlation()
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        # Where and of what kind; its words may be a user's.
        found |= {"error": type(error).__name__, "origin": origin_of(error)}
    return found


class TextLines(logging.Formatter):
    """`at level event name=value …`, for people."""

    def format(self, record: logging.LogRecord) -> str:
        fields = fields_of(record)
        head = " ".join(fields.pop(name) for name in ("at", "level", "event"))
        return " ".join([head, *(f"{name}={value}" for name, value in fields.items())])


class JsonLines(logging.Formatter):
    """One JSON object a line, for what collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields_of(record))


def _told(record: logging.LogRecord) -> dict[str, str]:
    message = record.getMessage()
    event, _, values = message.partition(" ")
    is_ours = record.name.split(".")[0] in OURS
    if is_ours and _EVENT.fullmatch(event):
        own = {"at", "level", "event", "logger", "correlation"}
        told = {name: value for name, value in _VALUE.findall(values) if name not in own}
        return {"event": event, **told}
    return {"event": "library.message", "size_chars": str(len(message))}
