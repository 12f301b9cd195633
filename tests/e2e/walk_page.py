"""The page of the corpus: for each component how often it measured, found nothing, or failed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from entrypoints.language import say, sentence_template

_HEAD = """# The real corpus, component by component

Written by `make corpus`; do not edit. It measures every clip of `../shared/media/real` with the
built-in profile `{profile}`, models {served}.
Each clip has a made title, description and tags: Russian ones where it is Russian, else English.
{counted}

Shares are of the clips that were measured. *Empty* is a valid answer (R-206): what the component
looks for is not in the clip. *Error* is a refusal of that component alone (R-205); *blocked* is one
that needed it. The run goes on in either case, and neither is charged.

| component | ok | empty | error | blocked | why not ok (clips) |
| --- | --- | --- | --- | --- | --- |
"""
_CLIPS_NAMED_MAX = 12
_DETAIL = re.compile(r" ?\(\{message\}\)")
"""Where a sentence tells what was special about one case."""


@dataclass(frozen=True, slots=True)
class Walked:
    """How one clip ended: `code` of a refusal or a failed run, the manifest's components."""

    clip: str
    code: str | None
    components: tuple[Mapping[str, Any], ...]


def corpus_page(walked: Sequence[Walked], *, profile: str, served: str) -> str:
    """Markdown; the same clips that ended in the same way give the same page.

    `served` tells who served the models.
    """
    measured = [one for one in walked if one.code is None]
    by_name: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
    for one in measured:
        for component in one.components:
            by_name[component["name"]].append((one.clip, component))
    rows = (_row(name, by_name[name]) for name in sorted(by_name))
    head = _HEAD.format(profile=profile, served=served, counted=_counted(walked))
    return head + "".join(rows) + "\n" + _reasons(by_name) + _failures(by_name)


def _counted(walked: Sequence[Walked]) -> str:
    codes = Counter(one.code for one in walked)
    others = "; ".join(
        f"{count} ended as `{code}` ({_named(o.clip for o in walked if o.code == code)})"
        for code, count in sorted(codes.items(), key=str)
        if code is not None
    )
    told = f"Of {len(walked)} clips {codes[None]} were measured"
    return f"{told}; {others}." if others else f"{told}."


def _row(name: str, ended: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    statuses = Counter(component["status"] for _, component in ended)
    shares = " | ".join(
        _share(statuses[word], len(ended)) for word in ("ok", "empty", "error", "blocked")
    )
    why = Counter(_reason(component) for _, component in ended)
    reasons = ", ".join(f"`{code}` {n}" for code, n in sorted(why.items()) if code)
    return f"| `{name}` | {shares} | {reasons} |\n"


def _share(count: int, among: int) -> str:
    return f"{100 * count / among:.0f} % ({count})" if count else "–"


def _reason(component: Mapping[str, Any]) -> str:
    """The code of why there is no measurement; an empty word where there is one."""
    error = component["error"]
    return str(error["code"] if error else component["empty_reason"] or "")


def _reasons(by_name: Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]) -> str:
    """What the codes say, in the words that users read."""
    empty, failed = set[str](), set[str]()
    for _, component in (pair for pairs in by_name.values() for pair in pairs):
        if reason := _reason(component):
            (failed if component["error"] else empty).add(reason)
    said = {code: say(f"empty.{code}", "en") for code in empty} | {
        code: _DETAIL.sub("", sentence_template(code, "en")) for code in failed
    }
    lines = "".join(f"| `{code}` | {sentence} |\n" for code, sentence in sorted(said.items()))
    return f"## What the reasons say\n\n| code | in words |\n| --- | --- |\n{lines}\n"


def _failures(by_name: Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]) -> str:
    """Which clips a component refused; those it blocked follow from the same."""
    lines = [
        f"| `{name}` | `{code}` | {_named(clips)} |\n"
        for name in sorted(by_name)
        for code, clips in sorted(_clips_by_error(by_name[name]).items())
    ]
    if not lines:
        return "No component of any clip ended in an error.\n"
    head = "## Errors, one by one\n\n| component | code | clips |\n| --- | --- | --- |\n"
    return head + "".join(lines)


def _clips_by_error(ended: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for clip, component in ended:
        if component["status"] == "error":
            found[_reason(component)].append(clip)
    return found


def _named(clips: Iterable[str]) -> str:
    names = sorted(clips)
    more = len(names) - _CLIPS_NAMED_MAX
    return ", ".join(names[:_CLIPS_NAMED_MAX]) + (f" and {more} more" if more > 0 else "")
