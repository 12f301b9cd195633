"""Identity: the ids of the trade and the six words that name a result (R-302)."""

from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from domain.video import Platform

RunId = NewType("RunId", UUID)

DATAPROCESSOR_VERSION = "0.1.0"


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
