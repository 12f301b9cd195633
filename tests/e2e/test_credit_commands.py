"""Credits on the command line: what a person holds, pays, gets back, and is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from application.use_cases.start_run import Request
from domain.ledger import LOCAL_USER
from domain.video import Metadata
from entrypoints.session import Session
from entrypoints.settings import Settings
from tests.e2e.conftest import write_profile
from tests.e2e.program import Ended, Program

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]

JSON = ("--format", "json")
STARTING_KOPECKS = 100_000
Call = Callable[..., Ended]


@pytest.fixture
def call(program: Program, data_dir: Path) -> Call:
    """One command on the test's own installation."""

    def run(*arguments: str) -> Ended:
        return program.run(*arguments, data_dir=data_dir)

    return run


@pytest.fixture
def choice(tmp_path: Path) -> list[str]:
    profile = write_profile(tmp_path / "two.toml", "title_style", "loudness")
    return ["--title", "How I film at night", "--profile", str(profile)]


def available(call: Call) -> int:
    return int(call("balance", *JSON).answer["available_kopecks"])


def postings(call: Call, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = call("ledger", *options, *JSON).answer["postings"]
    return found


def test_an_installation_starts_with_credits_and_can_be_topped_up(call: Call) -> None:
    assert call("balance", *JSON).answer == {
        "available_kopecks": STARTING_KOPECKS,
        "held_kopecks": 0,
    }
    topped = call("topup", "12.34", "--note", "March", "--key", "march", *JSON)
    assert topped.answer["available_kopecks"] == STARTING_KOPECKS + 1234
    again = call("topup", "12.34", "--note", "March", "--key", "march", *JSON)
    assert again.answer == topped.answer
    other = call("topup", "99", "--key", "march")
    assert (other.exit_code, available(call)) == (2, STARTING_KOPECKS + 1234)
    assert "idempotency_conflict" in other.err


@pytest.mark.parametrize("amount", ["0", "-1", "1e3", "NaN", "0.001", "9223372036854775807", ""])
def test_what_is_no_amount_is_refused_and_books_nothing(call: Call, amount: str) -> None:
    """Hardening 38."""
    ended = call("topup", "--", amount)
    assert ended.exit_code == 2
    assert "invalid_amount" in ended.err
    assert available(call) == STARTING_KOPECKS


def test_a_note_is_shown_as_it_was_written(call: Call) -> None:
    """Brackets are no markup: one note must not make the whole ledger unreadable."""
    assert call("topup", "1", "--note", "[/] and [red]x").exit_code == 0
    shown = call("ledger")
    assert (shown.exit_code, "[/] and [red]x" in shown.out) == (0, True), shown.err


def test_an_empty_key_is_a_mistake(call: Call) -> None:
    assert call("topup", "1", "--key", " ").exit_code == 64
    assert available(call) == STARTING_KOPECKS


@pytest.mark.parametrize("name", ["a?x=1", "a#b", "a%41"])
def test_a_data_folder_of_any_name_keeps_its_own_credits(
    program: Program, tmp_path: Path, name: str
) -> None:
    ended = program.run("topup", "1", *JSON, data_dir=tmp_path / name)
    assert ended.exit_code == 0, ended.err
    assert (tmp_path / name / "trendflow.db").is_file()
    other = program.run("balance", *JSON, data_dir=tmp_path / f"{name}2")
    assert other.answer["available_kopecks"] == STARTING_KOPECKS


def test_an_estimate_of_no_file_is_refused(call: Call, tmp_path: Path) -> None:
    ended = call("estimate", str(tmp_path / "nowhere.mp4"), "--profile", "fast")
    assert (ended.exit_code, "unsupported_input" in ended.err) == (2, True)


def test_nobody_is_topped_up(call: Call) -> None:
    ended = call("topup", "5", "--user", "nobody")
    assert (ended.exit_code, "user_not_found" in ended.err) == (2, True)


def test_a_run_started_by_an_estimate_costs_at_most_that(
    call: Call, clip: Path, choice: list[str]
) -> None:
    """R-603, R-604: the price that was shown is the most; the ledger tells each component."""
    estimate = call("estimate", str(clip), *choice, *JSON).answer
    ended = call("analyze", str(clip), *choice, "--estimate", estimate["estimate_id"])
    assert ended.exit_code == 0, ended.err
    assert "What the run cost, in credits" in ended.out
    (run_id,) = {entry["run_id"] for entry in postings(call) if entry["run_id"]}
    booked = postings(call, "--run", run_id)
    held = sum(e["kopecks"] for e in booked if (e["kind"], e["account"]) == ("hold", "held"))
    assert held == estimate["hold_kopecks"] == estimate["total_kopecks"]
    lines = {line["name"]: line["kopecks"] for line in estimate["components"]}
    charged = {e["component"]: e["kopecks"] for e in booked if e["account"] == "revenue"}
    assert set(charged) == {"preparation", "title_style", "loudness"} == set(lines)
    assert all(0 < kopecks <= lines[name] for name, kopecks in charged.items())
    assert available(call) == STARTING_KOPECKS - sum(charged.values())
    assert sum(entry["kopecks"] for entry in postings(call)) == 0


def test_the_same_request_twice_is_one_run(call: Call, clip: Path, choice: list[str]) -> None:
    first = call("analyze", str(clip), *choice, "--key", "once", *JSON)
    again = call("analyze", str(clip), *choice, "--key", "once", *JSON)
    assert first.answer["run_id"] == again.answer["run_id"]
    assert len([e for e in postings(call) if (e["kind"], e["account"]) == ("hold", "held")]) == 1


def test_too_few_credits_refuse_the_run_and_leave_nothing(
    call: Call, clip: Path, choice: list[str], data_dir: Path
) -> None:
    assert call("prices", "set", "loudness", "--base", "5000").exit_code == 0
    ended = call("analyze", str(clip), *choice, *JSON)
    assert (ended.exit_code, ended.answer["code"]) == (2, "insufficient_credits")
    assert ended.answer["run_id"] is None
    assert available(call) == STARTING_KOPECKS
    assert [file for file in (data_dir / "uploads").rglob("*") if file.is_file()] == []


def test_a_charge_is_corrected_by_its_number_and_never_by_more(
    call: Call, clip: Path, choice: list[str]
) -> None:
    """R-608: an administrator books a correction, with a reason."""
    assert call("analyze", str(clip), *choice).exit_code == 0
    charge = next(entry for entry in postings(call) if entry["account"] == "revenue")
    before, number = available(call), str(charge["number"])
    amount = f"{charge['kopecks'] / 100:.2f}"
    assert call("correct", number, amount, "--reason", "a goodwill").exit_code == 0
    assert available(call) == before + charge["kopecks"]
    ended = call("correct", number, "0.01", "--reason", "once more")
    assert (ended.exit_code, "not_correctable" in ended.err) == (2, True)
    named = [entry["corrects"] for entry in postings(call) if entry["kind"] == "correct"]
    assert named == [charge["number"]] * 2


def test_an_estimate_for_another_video_starts_nothing(
    call: Call, clip: Path, choice: list[str]
) -> None:
    estimate = call("estimate", str(clip), *choice, *JSON).answer
    other = ["--title", "Another title", *choice[2:]]
    ended = call("analyze", str(clip), *other, "--estimate", estimate["estimate_id"], *JSON)
    assert (ended.exit_code, ended.answer["code"]) == (2, "estimate_mismatch")
    assert available(call) == STARTING_KOPECKS


def test_a_run_that_waits_is_cancelled_and_its_credits_come_back(
    call: Call, clip: Path, choice: list[str], data_dir: Path
) -> None:
    """R-510: also where the uploaded video was lost meanwhile."""
    settings = Settings.read({}, data_dir=data_dir)
    container = Session(lambda: settings, "en").installation
    run = container.accept_video().upload(
        clip,
        metadata=Metadata(title="How I film at night"),
        profile=container.profiles().read(Path(choice[-1])),
        request=Request(user_id=LOCAL_USER, key="waits"),
    )
    container.workspaces().discard_upload(run.id)
    container.engine().dispose()
    assert available(call) < STARTING_KOPECKS
    ended = call("cancel", str(run.id), *JSON)
    assert (ended.exit_code, ended.answer["status"]) == (0, "cancelled")
    assert available(call) == STARTING_KOPECKS
