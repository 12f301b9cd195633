"""Facts: what the video is, and what was done to it before anything was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.html import numbers, plain
from adapters.html.language import Texts
from domain.canonical import JsonValue
from domain.identity import RunIdentity

_MEBI = 1_048_576


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and what is known under it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What was done to the video: steps in order, attempts, warnings, and how it was confined."""

    operations: tuple[str, ...]
    attempts: tuple[str, ...]
    warnings: tuple[str, ...]
    details: tuple[Fact, ...]


def duration_s(run: Mapping[str, JsonValue]) -> float | None:
    """The length of the video as it was decoded, else as its packets say; None when not known."""
    prepared = plain.mapping(run["preprocessing"])
    for holder in ("timeline", "source"):
        length = plain.number(plain.mapping(prepared.get(holder)).get("duration_s"))
        if length is not None:
            return length
    return None


def facts(texts: Texts, run: Mapping[str, JsonValue], identity: RunIdentity) -> tuple[Fact, ...]:
    """The facts of the head of the page; what is not known is left out."""
    source = plain.mapping(plain.mapping(run["preprocessing"]).get("source"))
    length = duration_s(run)
    told = {
        "duration": numbers.clock(length) if length is not None else "",
        "picture": _picture(texts, source),
        "sound": _sound(texts, source),
        "file": _file(texts, source),
        "origin": texts(f"platform.{identity.platform_id}"),
        "profile": texts.known("profile", plain.text(run["profile"])) or plain.text(run["profile"]),
    }
    return tuple(Fact(texts(f"facts.{key}"), text) for key, text in told.items() if text)


def preparation(texts: Texts, run: Mapping[str, JsonValue]) -> Preparation:
    """The account of decoding and repairing."""
    prepared = plain.mapping(run["preprocessing"])
    details = {
        "timeline": _named(texts, "timeline", plain.mapping(prepared.get("timeline"))),
        "counters": _named(texts, "counter", plain.mapping(prepared.get("counters"))),
        "confinement": plain.text(prepared.get("confinement")),
    }
    return Preparation(
        operations=tuple(_step(texts, one) for one in plain.items(prepared.get("operations"))),
        attempts=tuple(
            _attempt(texts, plain.mapping(one)) for one in plain.items(prepared.get("attempts"))
        ),
        warnings=tuple(
            texts.known("warning", plain.text(one)) or plain.text(one)
            for one in plain.items(prepared.get("warnings"))
        ),
        details=tuple(Fact(texts(f"done.{key}"), text) for key, text in details.items() if text),
    )


def moment(iso: JsonValue) -> str:
    """A moment of the manifest in UTC, to the second; empty for null."""
    if iso is None:
        return ""
    return datetime.fromisoformat(str(iso)).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _picture(texts: Texts, source: Mapping[str, JsonValue]) -> str:
    size, rate = plain.items(source.get("shown_size")), plain.number(source.get("frame_rate_hz"))
    parts = [" × ".join(plain.text(side) for side in size)]
    if rate is not None:
        parts.append(texts("facts.frame_rate", rate=texts.short(rate, decimals=2)))
    parts.append(_codec(texts, source.get("video_codec")))
    return ", ".join(part for part in parts if part)


def _sound(texts: Texts, source: Mapping[str, JsonValue]) -> str:
    if "sound_codec" not in source:
        return ""
    codec = _codec(texts, source["sound_codec"])
    if not codec:
        return texts("facts.no_sound")
    parts = [codec]
    rate_hz = plain.number(source.get("sound_rate_hz"))
    if rate_hz is not None:
        parts.append(texts("facts.sound_rate", rate=texts.number(rate_hz / 1000)))
    channels = plain.text(source.get("sound_channels"))
    if channels:
        parts.append(texts("facts.channels", count=channels))
    return ", ".join(parts)


def _file(texts: Texts, source: Mapping[str, JsonValue]) -> str:
    size_bytes = plain.number(source.get("size_bytes"))
    container = plain.text(source.get("container"))
    parts = [texts.known("container", container) or container]
    if size_bytes is not None:
        parts.append(texts("facts.size", size=texts.number(size_bytes / _MEBI)))
    return ", ".join(part for part in parts if part)


def _codec(texts: Texts, codec: JsonValue) -> str:
    name = plain.text(codec)
    return texts.known("codec", name) or name.upper()


def _named(texts: Texts, section: str, values: Mapping[str, JsonValue]) -> str:
    """Values under their names; those that this page has no name for keep the manifest's."""
    return plain.flat({texts.known(section, key) or key: one for key, one in values.items()})


def _attempt(texts: Texts, attempt: Mapping[str, JsonValue]) -> str:
    what = plain.text(attempt["what"])
    rest = {key: one for key, one in attempt.items() if key not in {"what", "share"}}
    said = [texts.known("attempt", what) or what]
    share = plain.number(attempt.get("share"))
    if share is not None:
        percent = texts("format.percent", value=texts.number(share * 100))
        said.append(texts("attempt.share", share=percent))
    return ", ".join(part for part in (*said, _named(texts, "attempt", rest)) if part)


def _step(texts: Texts, operation: JsonValue) -> str:
    """A step in our words by its longest known beginning; what follows, such as a size, stays."""
    said = plain.text(operation)
    words = said.split("_")
    for count in range(len(words), 0, -1):
        known = texts.known("operation", "_".join(words[:count]))
        if known is not None:
            rest = " ".join(words[count:]).replace(" to ", " → ")
            return f"{known}: {rest}" if rest else known
    return said
