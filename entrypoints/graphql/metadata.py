"""What a user says of a video."""

from datetime import datetime

import strawberry

from domain.errors import InvalidMetadata
from domain.video import Metadata

TEXT_MAX = 5_000
"""As long as a description on YouTube may be."""
WORD_MAX = 200
TAGS_MAX = 500


@strawberry.input(description="What is known of a video beside its file; what is left out is not.")
class VideoMetadataInput:
    """`Metadata` as a person enters it (R-101)."""

    title: str | None = strawberry.field(default=None, description="At most 200 characters.")
    description: str | None = strawberry.field(
        default=None, description="At most 5,000 characters."
    )
    tags: list[str] = strawberry.field(default_factory=list, description="At most 500.")
    language: str | None = strawberry.field(default=None, description="Such as `ru` or `en-GB`.")
    category: str | None = strawberry.field(default=None, description="As its platform names it.")
    published_at: datetime | None = strawberry.field(
        default=None, description="When it was or will be published."
    )
    channel_id: str | None = strawberry.field(default=None, description="The channel's id.")
    channel_name: str | None = strawberry.field(default=None, description="The channel's name.")
    subscribers: int | None = strawberry.field(default=None, description="The channel's.")
    views: int | None = strawberry.field(default=None, description="The video's, by now.")
    likes: int | None = strawberry.field(default=None, description="The video's, by now.")

    def as_metadata(self) -> Metadata:
        """Raises InvalidMetadata with the field that is too long, or is no figure that can be."""
        _check("description", self.description, TEXT_MAX)
        for name in ("title", "language", "category", "channel_id", "channel_name"):
            _check(name, getattr(self, name), WORD_MAX)
        if len(self.tags) > TAGS_MAX:
            raise InvalidMetadata(f"over {TAGS_MAX} tags", field="tags")
        for tag in self.tags:
            _check("tags", tag, WORD_MAX)
        for name in ("subscribers", "views", "likes"):
            if (getattr(self, name) or 0) < 0:
                raise InvalidMetadata("a count is never negative", field=name)
        published = self.published_at
        if published is not None and published.tzinfo is None:
            raise InvalidMetadata("a moment names its zone", field="published_at")
        return Metadata(
            title=self.title,
            description=self.description,
            tags=tuple(self.tags),
            language=self.language,
            category=self.category,
            published_at=None if published is None else published.isoformat(),
            channel_id=self.channel_id,
            channel_name=self.channel_name,
            subscribers=self.subscribers,
            views=self.views,
            likes=self.likes,
        )


def _check(field: str, text: str | None, characters_max: int) -> None:
    if text is not None and len(text) > characters_max:
        raise InvalidMetadata(f"over {characters_max} characters", field=field)
