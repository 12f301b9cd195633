"""Profiles that users save: theirs, under names of their own (R-201)."""

from collections.abc import Collection

from domain.catalogue import Catalogue
from domain.errors import InvalidProfile
from domain.profile import Profile

PROFILES_MAX = 100
NAME_CHARACTERS_MAX = 60
TEXT_CHARACTERS_MAX = 1000


def may_name(name: str) -> bool:
    """Whether a profile may be called so: text without spaces around it, on one line."""
    return bool(name) and name == name.strip() and name.isprintable()


def check_saved(profile: Profile, *, catalogue: Catalogue, built_in: Collection[str]) -> None:
    """Raises InvalidProfile with the place, and UnknownComponent.

    A name of ours in any spelling stays ours: a run by it would not be what everybody knows.
    """
    name = profile.name
    if not may_name(name):
        raise InvalidProfile("a name is text without spaces around it", place="name")
    if len(name) > NAME_CHARACTERS_MAX:
        raise InvalidProfile(f"more than {NAME_CHARACTERS_MAX} characters", place="name")
    if name.casefold() in {one.casefold() for one in built_in}:
        raise InvalidProfile("the name of a built-in profile", place="name")
    for choice in profile.resolved(catalogue).choices:
        for key, value in choice.parameters.items():
            if isinstance(value, str) and len(value) > TEXT_CHARACTERS_MAX:
                place = f"components.{choice.name}.{key}"
                raise InvalidProfile(f"more than {TEXT_CHARACTERS_MAX} characters", place=place)
