"""Profiles and measured costs, as they were shipped or written by a user."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from domain.effort import CostModel
from domain.profile import Profile


class Profiles(Protocol):
    """The built-in profiles by name, and profiles in files.

    Contract (tests/toml/test_profiles.py): what is not a well-formed profile is refused as
    `InvalidProfile` with the place.
    """

    def built_in(self) -> Sequence[Profile]: ...

    def named(self, name: str) -> Profile: ...

    def read(self, file: Path) -> Profile: ...


class Costs(Protocol):
    """Measured seconds per component, and the `preparation` line."""

    def models(self) -> Mapping[str, CostModel]: ...
