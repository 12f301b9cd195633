"""Debian's packages are fetched without installing anything and without touching the machine."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from adapters.model_repository import debian
from adapters.model_repository.manifest import read_manifest
from adapters.model_repository.packages import Packages
from application.ports.model_repository import ModelUnobtainable

[RUSSIAN] = [entry for entry in read_manifest() if entry.client == "apt"]


def test_a_package_is_fetched_into_its_folder_and_nothing_else_is_left(tmp_path: Path) -> None:
    asked: list[Sequence[str]] = []

    def run(command: Sequence[str], place: Path) -> bytes:
        asked.append(command)
        assert place.is_relative_to(tmp_path)
        if "download" in command:
            (place / "made_1.0_all.deb").write_bytes(b"a package")
        return b"its files" if "--fsys-tarfile" in command else b""

    debian.fetch("made", "1.0", tmp_path, run=run)

    assert [path.name for path in tmp_path.iterdir()] == ["package.tar"]
    assert (tmp_path / "package.tar").read_bytes() == b"its files"
    update, download, unpack = asked
    assert update[-1] == "update"
    assert list(download[-2:]) == ["download", "made=1.0"]
    assert unpack[-1].endswith("made_1.0_all.deb")
    for command in (update, download):
        # Lists and cache of its own: those of the machine are root's.
        assert any(f"Dir::State::Lists={tmp_path}" in word for word in command)
        assert any(f"Dir::Cache={tmp_path}" in word for word in command)


def test_without_apt_its_models_alone_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ModelUnobtainable, match="apt is not installed"):
        Packages(tmp_path / "packages").fetch(RUSSIAN)
