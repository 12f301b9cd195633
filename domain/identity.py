"""Identity: the ids of the trade and the six words that name a result (R-302)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from domain.canonical import digest
from domain.video import Platform

RunId = NewType("RunId", UUID)

DATAPROCESSOR_VERSION = "0.1.0"
_MODELS, _DIGITS = "+models.", 12


def dataprocessor_version(weights: Mapping[str, str]) -> str:
    """The release with the served models that it asks; `weights` tells each by weights and version.

    As semantic versioning writes what a build is made of: `0.1.0+models.0123456789ab`.
    """
    return f"{DATAPROCESSOR_VERSION}{_MODELS}{digest({**weights})[:_DIGITS]}"


def release_of(version: str) -> str:
    """The release alone, of a version with or without its models."""
    return version.partition(_MODELS)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunIdentity:
    """What stands in the manifest and in every artifact's meta."""

    platform_id: Platform
    video_id: str
    run_id: RunId
    config_hash: str
    sampling_policy_version: str
    dataprocessor_version: str

    def as_dict(self) -> dict[str, str]:
        """The identity as plain text values, by the names of R-302."""
        return {
            "platform_id": str(self.platform_id),
            "video_id": self.video_id,
            "run_id": str(self.run_id),
            "config_hash": self.config_hash,
            "sampling_policy_version": self.sampling_policy_version,
            "dataprocessor_version": self.dataprocessor_version,
        }
