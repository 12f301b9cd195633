"""Profiles: the built-in ones are strictly ordered, and a user's file is checked by place."""

import re
from pathlib import Path

import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.manifest import read_manifest
from adapters.toml.costs import TomlCosts
from adapters.toml.profiles import TomlProfiles
from domain.effort import effort
from domain.errors import InvalidProfile
from domain.profile import TimeLimits
from domain.video_size import VideoSize

ROOT = Path(__file__).parents[2]
FINE = 'name = "mine"\nversion = "3"\n[components]\nloudness = {}\n'


def test_built_in_profiles_are_strictly_ordered_in_time() -> None:
    """R-201: fast, standard, full."""
    catalogue, costs = ShippedComponents().catalogue, TomlCosts().models()
    size = VideoSize(60.0, 1920, 1080, 30.0, 100)
    profiles = [p.resolved(catalogue) for p in TomlProfiles().built_in()]
    fast, standard, full = (p.component_names for p in profiles)
    assert fast < standard < full
    seconds = [effort(p, catalogue, costs, size).seconds for p in profiles]
    assert seconds == sorted(seconds)


def test_fast_is_what_the_forecast_reads_and_the_pictures_of_the_report() -> None:
    """R-202: every Tier-0 component; key frames are what a report shows."""
    names = TomlProfiles().named("fast").component_names
    assert names == ShippedComponents().catalogue.tier0 | {"key_frames"}


def test_full_is_every_component_but_those_whose_model_is_off() -> None:
    """Off is a model whose licence nobody has confirmed: today that of `objects`, and only that."""
    catalogue = ShippedComponents().catalogue
    is_off = {entry.name for entry in read_manifest() if not entry.is_enabled}
    off = {name for name in catalogue.names if is_off & set(catalogue[name].models)}
    assert off == {"objects"}
    assert TomlProfiles().named("full").component_names == set(catalogue.names) - off


def test_every_component_of_a_built_in_profile_is_optional() -> None:
    """R-203: what the forecast does not need is optional; there is no forecast yet."""
    for profile in TomlProfiles().built_in():
        assert profile.resolved(ShippedComponents().catalogue).required == frozenset()


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    content = FINE + "shots = {optional = false}\n[limits]\ncomponent_s = 60\n"
    (tmp_path / "mine.toml").write_text(content, encoding="utf-8")
    profile = TomlProfiles().read(tmp_path / "mine.toml")
    assert (profile.name, profile.version) == ("mine", "3")
    assert profile.required == {"shots"}
    assert profile.component_names == {"loudness", "shots"}
    assert profile.limits.component_s == 60.0


def test_the_file_that_the_page_shows_is_read_as_the_page_says(tmp_path: Path) -> None:
    page = (ROOT / "docs/how-to/choose-components.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    (tmp_path / "rhythm.toml").write_text(shown, encoding="utf-8")
    catalogue = ShippedComponents().catalogue
    profile = TomlProfiles().read(tmp_path / "rhythm.toml").resolved(catalogue)
    # `pacing` brings `motion`.
    assert (profile.name, profile.component_names) == (
        "rhythm",
        frozenset({"shots", "pacing", "tempo", "motion"}),
    )
    assert profile.required == {"tempo"}
    assert profile.limits == TimeLimits(3600.0, 6.0, 600.0, 300.0)
    left_out = re.findall(r"\((\d+)\)", shown)
    assert [float(value) for value in left_out] == [
        TimeLimits().component_s,
        TimeLimits().segment_s,
        TimeLimits().run_min_s,
    ]
    assert not any(catalogue[name].parameters for name in catalogue.names), "the page says so"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("name = 1", "name"),
        ('name = "a"\nversion = "1"', "components"),
        (FINE + "[limits]\ncomponent_s = 0", "limits.component_s"),
        (FINE + "[limits]\ncomponent_s = nan", "limits.component_s"),
        (FINE + "[limits]\nlunch_s = 1", "limits.lunch_s"),
        (FINE.replace("{}", "3"), "components.loudness"),
        (FINE.replace("{}", "{optional = 1}"), "components.loudness.optional"),
        (FINE.replace("{}", "{depth = [1]}"), "components.loudness.depth"),
        ("colour = 1\n" + FINE, "colour"),
        ("not toml at all", "file"),
        ("\udcff", "file"),
        ("#" * 70_000, "file"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, content: str, place: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(content.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(InvalidProfile) as refused:
        TomlProfiles().read(file)
    assert refused.value.fields["place"] == place


def test_an_unknown_name_is_refused_and_the_known_are_told() -> None:
    with pytest.raises(InvalidProfile, match="fast, standard, full"):
        TomlProfiles().named("slow")


def test_no_more_of_a_file_is_read_than_a_profile_can_be() -> None:
    """A file without end is refused as every other that is too large."""
    with pytest.raises(InvalidProfile) as refused:
        TomlProfiles().read(Path("/dev/zero"))
    assert refused.value.fields["place"] == "file"


def test_a_profile_that_is_not_there_or_names_no_version_is_told_so(tmp_path: Path) -> None:
    for file in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(InvalidProfile, match="there is no such file"):
            TomlProfiles().read(file)
    (tmp_path / "mine.toml").write_text(FINE.replace('version = "3"\n', ""), encoding="utf-8")
    with pytest.raises(InvalidProfile, match="version is missing"):
        TomlProfiles().read(tmp_path / "mine.toml")
