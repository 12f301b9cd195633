"""Refusals of profiles and of the components that they choose."""

from domain.errors.refusal import DomainError


class UnknownComponent(DomainError):
    """A profile or a component names a component that the catalogue does not list."""

    code = "unknown_component"


class DependencyCycle(DomainError):
    """Components need each other in a circle."""

    code = "dependency_cycle"


class InvalidProfile(DomainError):
    """A profile is not well formed; the message names the place."""

    code = "invalid_profile"


class MissingTier0Component(DomainError):
    """A profile with a forecast leaves out a component that the forecast's schema reads."""

    code = "missing_tier0_component"


class ProfileNotFound(DomainError):
    """No profile of that name is ours or this user's."""

    code = "profile_not_found"
