"""Links are signed by given secrets, or by one that the installation made for itself, once."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from entrypoints.link_secret import link_signer
from entrypoints.settings import InvalidSetting, Settings


def test_an_installation_makes_one_secret_and_keeps_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        signers = list(pool.map(lambda _: link_signer((), tmp_path / "data"), range(8)))
    assert len({signer.secrets for signer in signers}) == 1
    (file,) = (tmp_path / "data").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(signers[0].secrets[0]) == 64


def test_two_installations_have_two(tmp_path: Path) -> None:
    assert link_signer((), tmp_path / "one") != link_signer((), tmp_path / "two")


def test_given_secrets_go_before_it_and_nothing_is_written(tmp_path: Path) -> None:
    new, old = "n" * 32, "o" * 32
    settings = Settings.read({"TRENDFLOW_LINK_SECRET": f"{new},{old}"}, data_dir=tmp_path)
    assert link_signer(settings.link_secrets, tmp_path).secrets == (new, old)
    assert list(tmp_path.iterdir()) == []
    assert new not in repr(settings)


@pytest.mark.parametrize("given", ["short", "n" * 32 + ",short", ",".join(["n" * 32] * 3)])
def test_a_secret_that_could_be_guessed_is_refused_by_its_setting(
    tmp_path: Path, given: str
) -> None:
    with pytest.raises(InvalidSetting, match=r"^TRENDFLOW_LINK_SECRET$"):
        Settings.read({"TRENDFLOW_LINK_SECRET": given}, data_dir=tmp_path)
