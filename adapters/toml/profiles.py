"""Profiles in TOML: the built-in ones and those in a user's file (R-201)."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from domain.component import ParameterValue
from domain.errors import InvalidProfile
from domain.profile import ComponentChoice, Profile, TimeLimits

_SHIPPED = Path(__file__).with_name("profiles")
_BUILT_IN = ("fast", "standard", "full")
_FILE_BYTES_MAX = 64 * 1024
_SECONDS_MAX = 1e6
_KEYS = {"name", "version", "components", "limits"}
_LIMITS = {"run_min_s", "run_per_video_second", "component_s", "segment_s"}


class TomlProfiles:
    """Profiles by name or by file (port `Profiles`).

    A file holds `name`, `version`, a table `[components]` with one entry a component (a table of
    parameters; `optional = false` makes it required) and, if wanted, a table `[limits]`.
    """

    def built_in(self) -> Sequence[Profile]:
        return [self.named(name) for name in _BUILT_IN]

    def named(self, name: str) -> Profile:
        if name not in _BUILT_IN:
            known = ", ".join(_BUILT_IN)
            raise InvalidProfile(f"no profile of that name; there are {known}", place="profile")
        return self.read(_SHIPPED / f"{name}.toml")

    def read(self, file: Path) -> Profile:
        try:
            with file.open("rb") as stream:
                content = stream.read(_FILE_BYTES_MAX + 1)
            if len(content) > _FILE_BYTES_MAX:
                raise InvalidProfile("the file is too large for a profile", place="file")
            table = tomllib.loads(content.decode())
        except OSError as error:
            message = "there is no such file, or it cannot be read"
            raise InvalidProfile(message, place="file") from error
        except ValueError as error:
            raise InvalidProfile("the file is not readable as TOML", place="file") from error
        return _profile(table)


def _profile(table: Mapping[str, Any]) -> Profile:
    _only(table, _KEYS, place="")
    return Profile(
        name=_text(table, "name"),
        version=_text(table, "version"),
        choices=tuple(
            _choice(name, chosen) for name, chosen in _table(table, "components").items()
        ),
        limits=_limits(_table(table, "limits") if "limits" in table else {}),
    )


def _choice(name: str, chosen: object) -> ComponentChoice:
    place = f"components.{name}"
    if not isinstance(chosen, dict):
        raise InvalidProfile(f"{place} wants a table of parameters", place=place)
    optional = chosen.get("optional", True)
    if not isinstance(optional, bool):
        raise InvalidProfile(f"{place}.optional wants true or false", place=f"{place}.optional")
    parameters: dict[str, ParameterValue] = {}
    for key, value in chosen.items():
        if key == "optional":
            continue
        if not isinstance(value, (bool, int, float, str)):
            raise InvalidProfile(f"{place}.{key} wants a plain value", place=f"{place}.{key}")
        parameters[key] = value
    return ComponentChoice(name, optional, parameters)


def _limits(table: Mapping[str, Any]) -> TimeLimits:
    _only(table, _LIMITS, place="limits.")
    for key, value in table.items():
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not 0 < value < _SECONDS_MAX
        ):
            raise InvalidProfile(f"limits.{key} wants seconds above 0", place=f"limits.{key}")
    return TimeLimits(**{key: float(value) for key, value in table.items()})


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = table.get(key)
    if not isinstance(value, dict):
        raise InvalidProfile(f"{key} wants a table", place=key)
    return value


def _text(table: Mapping[str, Any], key: str) -> str:
    if key not in table:
        raise InvalidProfile(f"{key} is missing", place=key)
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise InvalidProfile(f"{key} wants a text", place=key)
    return value


def _only(table: Mapping[str, Any], keys: set[str], *, place: str) -> None:
    for key in table:
        if key not in keys:
            raise InvalidProfile(f"nothing is called {place}{key}", place=f"{place}{key}")
