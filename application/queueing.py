"""A video and a profile as a run that may be queued, or the refusal to make one of them (R-101)."""

from dataclasses import dataclass

from application.policies import POLICIES
from application.ports.clock import Clock
from domain.catalogue import Catalogue
from domain.errors import MetadataRequired
from domain.identity import RunId, RunIdentity
from domain.ledger import UserId
from domain.profile import Profile
from domain.run import Run
from domain.sampling import SAMPLING_POLICY_VERSION
from domain.video import Metadata, Video


@dataclass(frozen=True, slots=True)
class Queueing:
    """Makes runs; nothing is stored yet."""

    catalogue: Catalogue
    clock: Clock

    def __call__(self, run_id: RunId, video: Video, profile: Profile, *, user_id: UserId) -> Run:
        """A queued run under a resolved profile; raises MetadataRequired by the field's name."""
        self.require(video.metadata, profile)
        identity = RunIdentity(
            platform_id=video.platform,
            video_id=video.video_id,
            run_id=run_id,
            config_hash=profile.config_hash(policies=POLICIES),
            sampling_policy_version=SAMPLING_POLICY_VERSION,
            dataprocessor_version=self.catalogue.version,
        )
        return Run(
            identity=identity,
            profile=profile,
            source=video.source,
            metadata=video.metadata,
            created_at=self.clock.now(),
            user_id=user_id,
        )

    def has_all(self, metadata: Metadata, profile: Profile) -> bool:
        """Whether `require` lets it pass."""
        return self.lacking(metadata, profile) is None

    def require(self, metadata: Metadata, profile: Profile) -> None:
        """A field is required exactly when a chosen component needs it."""
        field = self.lacking(metadata, profile)
        if field is not None:
            raise MetadataRequired(field)

    def lacking(self, metadata: Metadata, profile: Profile) -> str | None:
        """The first field that a chosen component needs and nobody has given."""
        for spec in self.catalogue.in_order(profile.component_names):
            for field in spec.needs_metadata:
                value = getattr(metadata, field)
                if value is None or (isinstance(value, str) and not value.strip()):
                    return field
        return None
