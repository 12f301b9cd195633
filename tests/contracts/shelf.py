"""What every shelf of pages and pictures must do."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta

import pytest

from application.ports.shelf import Shelf

PAGE = "reports/one/report.html"


class ShelfContract(ABC):
    """Subclass and give `shelf`, and `now`, the moment by its clock."""

    @pytest.fixture
    @abstractmethod
    def shelf(self) -> Shelf: ...

    @abstractmethod
    def now(self, shelf: Shelf) -> datetime: ...

    def test_what_was_put_is_read_and_replaced_whole(self, shelf: Shelf) -> None:
        assert (shelf.read(PAGE), shelf.has(PAGE)) == (None, False)
        for content in (b"first, and longer", b"\x00second", b""):
            shelf.put(PAGE, content)
            assert shelf.has(PAGE)
            assert shelf.read(PAGE) == content

    def test_names_are_those_right_below_a_folder(self, shelf: Shelf) -> None:
        assert list(shelf.names("pictures/one")) == []
        for path in ("pictures/one/7.jpg", "pictures/one/12.jpg", "pictures/onemore/1.jpg"):
            shelf.put(path, b"x")
        assert list(shelf.names("pictures/one")) == ["12.jpg", "7.jpg"]
        assert list(shelf.names("pictures")) == ["one", "onemore"]
        assert not shelf.has("pictures/one/7")

    def test_what_was_put_before_the_moment_goes_of_one_folder_alone(self, shelf: Shelf) -> None:
        """R-703."""
        shelf.put(PAGE, b"stays")
        for path in ("pictures/one/7.jpg", "pictures/two/7.jpg"):
            shelf.put(path, b"x")
        assert shelf.expire("pictures", stored_before=self.now(shelf) - timedelta(hours=1)) == 0
        assert shelf.has("pictures/one/7.jpg")
        assert shelf.expire("pictures", stored_before=self.now(shelf) + timedelta(hours=1)) == 2
        assert shelf.expire("pictures", stored_before=self.now(shelf) + timedelta(hours=1)) == 0
        assert (shelf.read("pictures/one/7.jpg"), shelf.read(PAGE)) == (None, b"stays")
        assert list(shelf.names("pictures/two")) == []

    def test_nothing_expires_where_nothing_was_put(self, shelf: Shelf) -> None:
        assert shelf.expire("pictures", stored_before=self.now(shelf)) == 0

    @pytest.mark.parametrize("path", ["../out", "/etc/passwd", "a//b", "a/.hidden", "", "a/b\\c"])
    def test_a_path_that_leads_elsewhere_is_none(self, shelf: Shelf, path: str) -> None:
        """Hardening: names come from requests."""
        with pytest.raises(ValueError, match="plain names"):
            shelf.put(path, b"x")
        with pytest.raises(ValueError, match="plain names"):
            shelf.read(path)

    def test_a_location_is_known_before_anything_is_put(self, shelf: Shelf) -> None:
        before = shelf.location(PAGE)
        shelf.put(PAGE, b"x")
        assert shelf.location(PAGE) == before
        assert before.endswith(PAGE)
