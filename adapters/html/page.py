"""The page: everything a report says, in the order it is read."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from adapters.html import facts, plain
from adapters.html.cards import Card, card
from adapters.html.charts.axes import Ground
from adapters.html.figures.values import Value
from adapters.html.language import Texts
from adapters.html.pictures import pictures
from adapters.html.series import Context
from adapters.html.states import State, failed
from adapters.html.strip import strip
from application.ports.reports import ReportPage
from domain.canonical import JsonValue
from domain.component import ComponentStatus
from domain.run import RunStatus

GROUPS = ("audio", "text", "visual", "computed")


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading."""

    id: str
    name: str
    meaning: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """A card's first value, for the overview."""

    card: Card
    value: Value


def draw(page: ReportPage, *, language: str) -> str:
    """The whole page as HTML."""
    texts = Texts(language)
    ground = Ground(texts=texts, duration_s=facts.duration_s(page.run))
    shown = pictures(page.key_frames)
    labels = {one.schema.component: texts.label(one.schema.label) for one in page.cards}
    cards = tuple(
        card(Context(card=one, ground=ground, pictures=shown), labels) for one in page.cards
    )
    groups = _groups(texts, cards)
    style, script = _asset("style.css"), _asset("script.js")
    template = _templates().get_template("report.html.j2")
    return template.render(
        t=texts,
        policy=_policy(style, script),
        style=style,
        script=script,
        page=page,
        title=page.title or texts("page.untitled"),
        facts=facts.facts(texts, page.run, page.identity),
        preparation=facts.preparation(texts, page.run),
        strip=strip(ground, shown, page.cards),
        pictures=shown.all,
        groups=groups,
        glances=_glances(groups),
        counts=_counts(cards),
        trouble=_trouble(texts, page.run, labels),
        failed=[one for one in cards if one.component in plain.items(page.run["warnings"])],
        identity=page.identity.as_dict(),
        entries=[one.entry for one in page.cards],
        cards={one.component: one for one in cards},
        moment=facts.moment,
    )


def _groups(texts: Texts, cards: tuple[Card, ...]) -> tuple[Group, ...]:
    made = (
        Group(
            f"group-{name}",
            texts(f"group.{name}"),
            texts(f"group.{name}_meaning"),
            tuple(one for one in cards if one.group == name),
        )
        for name in GROUPS
    )
    return tuple(group for group in made if group.cards)


def _glances(groups: tuple[Group, ...]) -> tuple[Glance, ...]:
    """The first figure of each card, where it has one."""
    told = (
        (card, [value for value in card.values if not value.is_flag])
        for group in groups
        for card in group.cards
    )
    return tuple(Glance(card, figures[0]) for card, figures in told if figures)


def _counts(cards: tuple[Card, ...]) -> dict[str, int]:
    """How many ended how, in one order for every run; what none ended with is left out."""
    statuses = [one.state.status for one in cards]
    return {status: statuses.count(status) for status in ComponentStatus if status in statuses}


def _trouble(texts: Texts, run: Mapping[str, JsonValue], labels: Mapping[str, str]) -> State | None:
    """Why the run did not end well; None when it did."""
    status = RunStatus(plain.text(run["status"]))
    if run["error"] is None:
        return None
    return failed(texts, plain.mapping(run["error"]), labels, status=status)


def _policy(style: str, script: str) -> str:
    """Nothing but what this very page holds: its style and script by their digests, data images."""
    return (
        "default-src 'none'; img-src data:; "
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(inline: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return (files("adapters.html") / name).read_text("utf-8")


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("adapters.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
