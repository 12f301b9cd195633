"""Closed sets of words of the domain, as enums of the API: importing this makes them known."""

from enum import Enum

import strawberry

from domain.account_settings import Language
from domain.api_key import Scope
from domain.component import ComponentStatus, Kind, Modality
from domain.kept_video import VideoState
from domain.rate_limit import Plan
from domain.run import RunStatus, Stage
from domain.video import Platform

_DESCRIPTIONS: dict[type[Enum], str] = {
    ComponentStatus: "How a component ended inside a run.",
    Kind: "How a component comes to its figures.",
    Modality: "The sense a component belongs to.",
    Plan: "What a user has subscribed to.",
    Platform: "Where a video comes from.",
    Language: "What reviews are written in: Russian or English.",
    RunStatus: "Where a run stands.",
    Scope: (
        "What an API key was made for. READ sees what is the user's; RUN spends credits: it adds "
        "videos, estimates, starts, cancels and repeats runs, and saves profiles; ACCOUNT changes "
        "settings, keys and webhooks; ADMINISTER does what administrators do, if the user is one. "
        "A session may do all that its user may."
    ),
    Stage: "A step of a run's pipeline.",
    VideoState: "How far a video's facts are known.",
}
_NAMES: dict[type[Enum], str] = {Kind: "ComponentKind"}

ENUMS = [
    strawberry.enum(words, name=_NAMES.get(words), description=description)
    for words, description in _DESCRIPTIONS.items()
]
