"""What has a global id."""

import strawberry


@strawberry.interface(description="Anything with a global id, by which it can be asked for again.")
class Node:
    """The Relay interface."""

    id: strawberry.ID = strawberry.field(description="Opaque; unique over all kinds of things.")


@strawberry.type(description="Where a page of a list ends.")
class PageInfo:
    """Relay's account of a page, forwards only."""

    has_next_page: bool = strawberry.field(description="Whether there is more after this page.")
    end_cursor: str | None = strawberry.field(
        description="Give it as `after` to get the next page; null for an empty page."
    )
