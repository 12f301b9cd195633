"""The body of `POST /process/sync`: the same words as `startRun`, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import InvalidRequest
from domain.estimate import EstimateId
from domain.kept_video import KeptVideoId
from domain.video import YoutubeLink
from entrypoints.graphql.estimates import estimate_id_in
from entrypoints.graphql.profiles import ComponentChoiceInput
from entrypoints.graphql.scalars import JsonText
from entrypoints.graphql.videos import video_id_in

_KNOWN = {
    *("video", "link", "profile", "components"),
    *("estimate", "computeAnew", "idempotencyKey"),
}
_OF_A_COMPONENT = {"component", "isOptional", "parameters"}
COMPONENTS_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SynchronousRequest:
    """What is asked for: one video, by one profile or choice, under one key."""

    video: KeptVideoId | YoutubeLink
    profile: str | None
    components: list[ComponentChoiceInput] | None
    estimate_id: EstimateId | None
    is_anew: bool
    key: str

    @classmethod
    def read(cls, body: bytes) -> "SynchronousRequest":
        """Raises InvalidRequest with the field at fault, and what its ids and link refuse."""
        try:
            given = json.loads(body)
        except (ValueError, RecursionError):
            raise InvalidRequest("no JSON", field="body") from None
        if not isinstance(given, dict):
            raise InvalidRequest("an object is wanted", field="body")
        for name in given:
            if name not in _KNOWN:
                raise InvalidRequest("an unknown field", field="body")
        estimate = _text(given, "estimate")
        key = _text(given, "idempotencyKey")
        if not key:
            raise InvalidRequest("a key of your own making is wanted", field="idempotencyKey")
        return cls(
            video=_video(given),
            profile=_text(given, "profile"),
            components=_components(given.get("components")),
            estimate_id=None if estimate is None else estimate_id_in(estimate),
            is_anew=_flag(given, "computeAnew", usual=False),
            key=key,
        )


def _video(given: Mapping[str, Any]) -> KeptVideoId | YoutubeLink:
    video, link = _text(given, "video"), _text(given, "link")
    if link is not None and video is None:
        return YoutubeLink.parse(link)
    if video is None or link is not None:
        raise InvalidRequest("a video or a link, one of them", field="video")
    return video_id_in(video)


def _components(given: object) -> list[ComponentChoiceInput] | None:
    if given is None:
        return None
    if not isinstance(given, list) or len(given) > COMPONENTS_MAX:
        raise InvalidRequest("a list is wanted", field="components")
    return [_component(one) for one in given]


def _component(given: object) -> ComponentChoiceInput:
    if not isinstance(given, dict) or not set(given) <= _OF_A_COMPONENT:
        raise InvalidRequest("an object of known fields is wanted", field="components")
    name, parameters = _text(given, "component"), given.get("parameters")
    if name is None:
        raise InvalidRequest("a component has a name", field="components")
    return ComponentChoiceInput(
        component=name,
        is_optional=_flag(given, "isOptional", usual=True),
        parameters=None if parameters is None else JsonText(parameters),
    )


def _text(given: Mapping[str, Any], name: str) -> str | None:
    found = given.get(name)
    if found is not None and not isinstance(found, str):
        raise InvalidRequest("a text is wanted", field=name)
    return found


def _flag(given: Mapping[str, Any], name: str, *, usual: bool) -> bool:
    found = given.get(name, usual)
    if not isinstance(found, bool):
        raise InvalidRequest("true or false is wanted", field=name)
    return found
