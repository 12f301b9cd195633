"""Profiles that users save: checked by the catalogue, theirs alone, never under a name of ours."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from application.queries.read_profiles import ReadProfiles
from application.use_cases.delete_profile import DeleteProfile
from application.use_cases.save_profile import SaveProfile
from domain.catalogue import Catalogue
from domain.errors import InvalidProfile, ProfileNotFound, TooManyKept, UnknownComponent
from domain.ledger import UserId
from domain.profile import ComponentChoice, Profile
from domain.saved_profile import PROFILES_MAX
from domain.user import User
from entrypoints.language import explain
from tests.builders import NOON, a_profile, a_spec

ANNA, BORIS = UserId(uuid4()), UserId(uuid4())
CHOICES = [ComponentChoice("pitch", parameters={"scale": "K"})]


class OneBuiltIn:
    """One profile of ours, `fast`."""

    def built_in(self) -> Sequence[Profile]:
        return [a_profile("loudness")]

    def named(self, name: str) -> Profile:
        raise NotImplementedError

    def read(self, file: Path) -> Profile:
        raise NotImplementedError


class Shelf:
    """The use cases over one memory database."""

    def __init__(self) -> None:
        database = MemoryDatabase()

        def units() -> UnitOfWork:
            return MemoryUnitOfWork(database)

        with units() as work:
            for user_id, name in ((ANNA, "anna"), (BORIS, "boris")):
                work.users.add(User(id=user_id, name=name, created_at=NOON))
            work.commit()
        catalogue = Catalogue(
            [a_spec("loudness"), a_spec("pitch", needs=("loudness",), parameters={"scale": "A"})]
        )
        self.save = SaveProfile(unit_of_work=units, catalogue=catalogue, profiles=OneBuiltIn())
        self.delete = DeleteProfile(unit_of_work=units)
        self.read = ReadProfiles(units, OneBuiltIn())


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_profile_is_saved_as_it_was_chosen(shelf: Shelf) -> None:
    """R-201: a user's are theirs."""
    saved = shelf.save(ANNA, name="my music", choices=CHOICES)
    assert saved == Profile("my music", "1", tuple(CHOICES))
    assert shelf.read.named(ANNA, "my music") == saved
    assert list(shelf.read.saved(ANNA)) == [saved]
    assert list(shelf.read.saved(BORIS)) == []
    with pytest.raises(ProfileNotFound):
        shelf.read.named(BORIS, "my music")


def test_the_same_name_again_is_the_next_version(shelf: Shelf) -> None:
    shelf.save(ANNA, name="mine", choices=CHOICES)
    again = shelf.save(ANNA, name="mine", choices=[ComponentChoice("loudness")])
    assert (again.version, set(again.component_names)) == ("2", {"loudness"})
    assert list(shelf.read.saved(ANNA)) == [again]


@pytest.mark.parametrize("name", ["fast", "FAST", "", " mine", "mine ", "a\nb", "x" * 61])
def test_a_name_is_not_one_of_ours_and_readable(shelf: Shelf, name: str) -> None:
    with pytest.raises(InvalidProfile) as refused:
        shelf.save(ANNA, name=name, choices=CHOICES)
    assert refused.value.fields == {"place": "name"}
    assert list(shelf.read.saved(ANNA)) == []


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        ([], "components"),
        ([ComponentChoice("pitch"), ComponentChoice("pitch")], "components.pitch"),
        ([ComponentChoice("pitch", parameters={"scal": "K"})], "components.pitch.scal"),
        ([ComponentChoice("pitch", parameters={"scale": 1})], "components.pitch.scale"),
        ([ComponentChoice("pitch", parameters={"scale": "x" * 1001})], "components.pitch.scale"),
    ],
)
def test_a_choice_that_is_not_well_formed_is_refused_with_the_place(
    shelf: Shelf, choices: list[ComponentChoice], place: str
) -> None:
    with pytest.raises(InvalidProfile) as refused:
        shelf.save(ANNA, name="mine", choices=choices)
    assert refused.value.fields == {"place": place}


def test_a_component_that_nobody_knows_is_refused(shelf: Shelf) -> None:
    with pytest.raises(UnknownComponent):
        shelf.save(ANNA, name="mine", choices=[ComponentChoice("horoscope")])


def test_a_user_keeps_only_so_many(shelf: Shelf) -> None:
    for number in range(PROFILES_MAX):
        shelf.save(ANNA, name=f"mine {number}", choices=CHOICES)
    with pytest.raises(TooManyKept) as refused:
        shelf.save(ANNA, name="one more", choices=CHOICES)
    assert explain(refused.value, "en") == "You have 100 profiles already; delete one first."
    shelf.save(ANNA, name="mine 7", choices=CHOICES)
    shelf.save(BORIS, name="his", choices=CHOICES)


def test_a_deleted_profile_is_gone_for_its_user_alone(shelf: Shelf) -> None:
    for user in (ANNA, BORIS):
        shelf.save(user, name="mine", choices=CHOICES)
    shelf.delete(ANNA, "mine")
    with pytest.raises(ProfileNotFound):
        shelf.delete(ANNA, "mine")
    assert [one.name for one in shelf.read.saved(BORIS)] == ["mine"]


@pytest.mark.parametrize("name", ["a\x00b", "half \ud800", "", " mine"])
def test_a_name_that_no_profile_has_is_never_looked_for(shelf: Shelf, name: str) -> None:
    """A database may not even take it as a text."""
    with pytest.raises(ProfileNotFound):
        shelf.read.named(ANNA, name)
    with pytest.raises(ProfileNotFound):
        shelf.delete(ANNA, name)


def test_ours_are_found_by_everybody_and_deleted_by_nobody(shelf: Shelf) -> None:
    assert [one.name for one in shelf.read.built_in()] == ["fast"]
    assert shelf.read.named(ANNA, "fast").name == "fast"
    with pytest.raises(ProfileNotFound):
        shelf.delete(ANNA, "fast")
