"""Places in lists as opaque text, and how much of a list one may ask for."""

from datetime import datetime
from uuid import UUID

from application.ports.run_history import Place
from application.queries.read_runs import PAGE_MAX
from domain.errors import InvalidPage
from domain.identity import RunId
from entrypoints.graphql import ids

_KIND = "Place"


class Cursor:
    """Writes and reads places; whoever reads one made elsewhere is refused."""

    @staticmethod
    def write(place: Place) -> str:
        return ids.encode(_KIND, f"{place.created_at.isoformat()} {place.run_id}")

    @staticmethod
    def read(text: str) -> Place:
        """Raises InvalidPage for what no `write` gave."""
        found = ids.decode(text)
        if found is not None and found[0] == _KIND:
            moment, _, run_id = found[1].partition(" ")
            try:
                place = Place(datetime.fromisoformat(moment), RunId(UUID(run_id)))
            except ValueError:
                pass
            else:
                if place.created_at.tzinfo is not None:
                    return place
        raise InvalidPage("the cursor is not one of this list")

    @staticmethod
    def limit(first: int) -> int:
        """Raises InvalidPage for less than 1 or more than `PAGE_MAX`."""
        if not 1 <= first <= PAGE_MAX:
            raise InvalidPage(f"a page holds 1 to {PAGE_MAX}", most=PAGE_MAX)
        return first
