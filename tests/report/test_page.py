"""The page: safe whatever a title holds, whole without the net, clear about what is missing."""

import base64
import hashlib
import re
from dataclasses import replace

import numpy as np
import pytest

from adapters.html.page import draw
from application.ports.reports import ReportCard, ReportPage
from domain.canonical import JsonValue
from domain.component import ComponentStatus, EmptyReason, Modality
from domain.schema import Doubt, Drawing, Unit
from tests.builders import an_identity
from tests.report.made import a_card, a_failure, a_frame, an_array, times
from tests.report.numbers import tables_of
from tests.report.pages import a_page, a_run_record

INJECTED = """</title><script>alert(1)</script>"'><img src=x onerror=alert(2)>{{ 7*7 }}"""


def a_small_page(*cards: ReportCard, **run: JsonValue) -> ReportPage:
    record = {**a_run_record(warnings=[]), **run}
    return ReportPage(
        identity=an_identity(),
        title="T",
        run=record,
        cards=cards,
        key_frames=(),
    )


def test_a_title_that_holds_a_script_is_shown_as_text() -> None:
    """Hardening case metadata_injection: tags are escaped and have no effect."""
    html = draw(replace(a_page(), title=INJECTED), language="en")
    assert html.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<img src=x" not in html
    assert "{{ 7*7 }}" in html


def test_words_from_an_artifact_are_shown_as_text() -> None:
    """What a video says of itself reaches the page through measured words, too."""
    words = an_array("words", np.array([INJECTED]), Drawing.TABLE, axes=("row",))
    value = an_array("word", np.array(INJECTED), Drawing.VALUE)
    html = draw(a_small_page(a_card("key_phrases", Modality.TEXT, (words, value))), language="en")
    assert html.count("<script>") == 1
    assert "<img src=x" not in html


def test_the_policy_allows_the_inline_style_and_script_by_digest_and_nothing_else() -> None:
    html = draw(a_page(), language="en")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src &#39;none&#39;; img-src data:; style-src ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (inline,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_page_names_no_outside_address(language: str) -> None:
    html = draw(a_page(), language=language)
    for address in re.findall(r"""(?:href|src|action|data|poster|srcset)=["']([^"']*)""", html):
        assert address.startswith(("#", "data:image/"))
    assert not re.search(r"url\(|@import|\son\w+=|\sstyle=|javascript:", html)


def test_a_video_without_a_title_has_a_name_still() -> None:
    assert "<h1>Untitled video</h1>" in draw(replace(a_page(), title=None), language="en")
    assert "<h1>Видео без названия</h1>" in draw(replace(a_page(), title=None), language="ru")


def test_each_picture_is_held_once_and_shown_in_the_strip_and_on_the_card() -> None:
    page = a_page()
    html = draw(page, language="en")
    for at, (_, jpeg) in enumerate(page.key_frames):
        assert html.count(base64.b64encode(jpeg).decode()) == 1
        assert html.count(f'href="#frame-{at}"') == 2


def test_every_link_within_the_page_leads_somewhere_and_ids_are_unique() -> None:
    html = draw(a_page(), language="en")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("reason", list(EmptyReason))
def test_an_empty_component_says_why_in_words(reason: EmptyReason) -> None:
    """R-206."""
    card = a_card(
        "loudness", Modality.AUDIO, status=ComponentStatus.EMPTY, empty_reason=str(reason)
    )
    html = draw(a_small_page(card), language="en")
    said = re.search(r'<p class="says">(.*?)</p>', html)
    assert said is not None
    assert str(reason) not in said[1]
    assert said[1].endswith(".")


def test_a_failed_component_tells_code_place_and_sentence() -> None:
    """R-205: an error that says where and why."""
    failure = a_failure("out_of_range", where="color.brightness", message="1.2 is over 1")
    card = a_card("color", Modality.VISUAL, status=ComponentStatus.ERROR, error=failure)
    html = draw(a_small_page(card, warnings=["color"]), language="en")
    for told in ("out_of_range", "color.brightness", "1.2 is over 1"):
        assert told in html
    assert 'class="banner is-warning"' in html


def test_names_of_our_code_stay_folded_where_only_its_menders_look() -> None:
    said = "ModelNotFound in faces.measure (adapters.onnx.inference:79)"
    failure = a_failure("model_not_found", where="faces.measure", message=said)
    card = a_card("faces", Modality.VISUAL, status=ComponentStatus.ERROR, error=failure)
    html = draw(a_small_page(card, warnings=["faces"]), language="ru")
    assert said in html
    open_part = re.sub(r"<details>.*?</details>", "", html, flags=re.DOTALL)
    assert "ModelNotFound" not in open_part
    assert "faces.measure" not in open_part
    assert "model_not_found" in open_part


def test_how_the_measurements_ended_is_counted_in_one_order() -> None:
    """What a reader saw first on one page stands first on the next."""
    error = a_failure("component_failed", where="color", message="x")
    cards = [
        a_card("color", Modality.VISUAL, status=ComponentStatus.ERROR, error=error),
        a_card("shots", Modality.VISUAL, status=ComponentStatus.SKIPPED),
        a_card(
            "pitch", Modality.AUDIO, status=ComponentStatus.EMPTY, empty_reason="no_speech_in_audio"
        ),
        a_card("tempo", Modality.AUDIO),
    ]
    for order in (cards, cards[::-1]):
        html = draw(a_small_page(*order), language="en")
        counts = re.findall(r"<li class=\"is-(\w+)\">", html)
        assert counts == ["ok", "empty", "error", "skipped"]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("speech_language_not_served", {"en": "language", "ru": "языке"}),
        ("model_not_found", {"en": "models build", "ru": "models build"}),
        ("model_unreadable", {"en": "built|build", "ru": "собрать"}),
        ("inference_unavailable", {"en": "busy", "ru": "недоступен"}),
        ("inference_forbidden", {"en": "access", "ru": "доступ"}),
    ],
)
def test_what_a_served_model_lacks_is_not_called_a_failure_of_ours(
    code: str, told: dict[str, str]
) -> None:
    """R-205: a refusal with a name is said by its name, in either language."""
    failure = a_failure(code, where="speech_transcript.measure", message="x")
    card = a_card("speech_transcript", Modality.AUDIO, status=ComponentStatus.ERROR, error=failure)
    for language, words in told.items():
        html = draw(a_small_page(card, warnings=["speech_transcript"]), language=language)
        said = re.search(r'<p class="says">(.*?)</p>', html)
        assert said is not None
        assert re.search(words, said[1])
        assert not re.search("our fault|наша ошибка", html)


def test_a_blocked_component_leads_to_the_one_that_failed_first() -> None:
    """R-305: a dependency was in error; the root cause is linked."""
    failure = a_failure("component_failed", where="shots.measure", message="KeyError")
    blocked = a_failure("dependency_failed", where="pacing", message="x", root="shots")
    html = draw(
        a_small_page(
            a_card("shots", Modality.VISUAL, status=ComponentStatus.ERROR, error=failure),
            a_card("hook", Modality.VISUAL, status=ComponentStatus.BLOCKED, error=blocked),
        ),
        language="en",
    )
    assert "It is made from “shots”, which has no result." in html
    assert '<dd><a href="#card-shots">shots</a></dd>' in html


def test_a_run_that_failed_says_so_first_and_shows_what_there_is() -> None:
    error = a_failure("video_file_corrupted", where="segment", message="41 % can be decoded")
    skipped = a_card("shots", Modality.VISUAL, status=ComponentStatus.SKIPPED)
    page = a_small_page(skipped, status="error", error=error, preprocessing=None)
    html = draw(page, language="ru")
    assert "Анализ закончился ошибкой" in html
    assert "Файл повреждён: декодируется слишком малая его часть." in html
    assert "41 % can be decoded" in html
    assert "Анализ закончился раньше, чем видео было подготовлено." in html


def test_a_run_without_any_component_has_a_page() -> None:
    assert "<h1>T</h1>" in draw(a_small_page(preprocessing=None), language="en")


def test_a_yes_or_no_is_no_figure_at_a_glance() -> None:
    flag = an_array("flag", np.array(False), Drawing.VALUE, "Faces used", "Лица", "x.", "x.")
    speed = an_array("speed", np.array(2.5), Drawing.VALUE, "Speed", "Скорость", "x.", "x.")
    cards = (
        a_card("key_frames", Modality.VISUAL, (flag,)),
        a_card("motion", Modality.VISUAL, (flag, speed)),
    )
    html = draw(a_small_page(*cards), language="en")
    glances = html[html.index('id="overview"') :].split("</section>")[0]
    assert "Faces used" in html
    assert "Faces used" not in glances
    assert "Speed" in glances


@pytest.mark.parametrize(("sure", "is_doubtful"), [(0.0, True), (0.29, True), (0.3, False)])
def test_a_figure_that_means_nothing_says_so_at_a_glance(sure: float, is_doubtful: bool) -> None:
    schema, bpm = an_array("bpm", np.array(94.5), Drawing.VALUE, "Tempo", "Темп", "x.", "x.")
    doubted = replace(schema, doubt=Doubt("confidence", 0.3)), bpm
    confidence = an_array("confidence", np.array(sure), Drawing.VALUE, "Sure", "Верно", "x.", "x.")
    page = a_small_page(a_card("tempo", Modality.AUDIO, (doubted, confidence)))
    html = draw(page, language="en")
    glances = html[html.index('id="overview"') :].split("</section>")[0]
    assert "94.5" in glances
    assert ("Tempo · unsure" in glances) is is_doubtful
    assert (html.count("big is-doubtful") == 2) is is_doubtful


def test_shots_give_the_strip_its_cuts_by_kind() -> None:
    html = draw(a_page(), language="en")
    strip = html[html.index('id="timeline"') : html.index('id="overview"')]
    assert "Key frames in order: 10. Cuts: 9." in strip
    assert re.findall(r"<li class=\"s\d\">(\w+) <b>(\d)</b>", strip) == [
        ("cut", "6"),
        ("dissolve", "2"),
        ("fade", "1"),
    ]


def test_more_marks_than_can_be_told_apart_are_drawn_as_their_density() -> None:
    beats = an_array("beats_s", np.arange(0, 1200, 0.5), Drawing.MARKS, unit=Unit.SECONDS)
    page = a_small_page(a_card("tempo", Modality.AUDIO, (beats,)))
    html = draw(page, language="en")
    assert "per 20 s" in html
    assert 'class="mark' not in html


def test_words_that_hold_for_a_while_are_segments() -> None:
    at = an_array(
        "times_s", np.array([0.0, 30.0]), Drawing.HIDDEN, axes=("key",), unit=Unit.SECONDS
    )
    keys = an_array("keys", np.array(["C", "G"]), Drawing.SEGMENTS, axes=("key",), along="times_s")
    html = draw(a_small_page(a_card("harmony", Modality.AUDIO, (at, keys))), language="en")
    assert re.findall(r'class="segment s\d" d="M(\S+) 200V0H(\S+)V', html) == [
        ("0", "474.7"),
        ("476.2", "998.5"),
    ]


def test_the_page_of_twenty_minutes_is_light() -> None:
    """14,400 points a curve, under the 5 MB that a phone opens at once."""
    page = a_page(duration_s=1200.0)
    pictures = sum(len(jpeg) for _, jpeg in page.key_frames)
    assert len(draw(page, language="en").encode()) < 5_000_000
    assert pictures > 50_000


def test_a_strip_leaves_out_frames_too_close_to_be_seen() -> None:
    close = tuple((at, a_frame(9, width_px=32, height_px=18)) for at in (1.0, 1.1, 1.2, 50.0))
    html = draw(replace(a_page(), key_frames=close), language="en")
    assert "Key frames in order: 2." in html


@pytest.mark.parametrize(
    ("width_px", "height_px", "moments_s", "fit"),
    [
        (18, 32, (10.0,), "meet"),
        (32, 18, (10.0,), "meet"),
        (32, 18, (10.0, 20.0, 30.0, 40.0, 50.0), "slice"),
    ],
)
def test_a_frame_that_would_be_cut_to_a_band_is_shown_whole(
    width_px: int, height_px: int, moments_s: tuple[float, ...], fit: str
) -> None:
    """One upright frame across the whole strip showed a coat without the face above it."""
    frame = a_frame(9, width_px=width_px, height_px=height_px)
    html = draw(replace(a_page(), key_frames=tuple((at, frame) for at in moments_s)), language="en")
    strip = html[html.index('id="timeline"') : html.index('id="overview"')]
    assert set(re.findall(r'preserveAspectRatio="xMidYMid (\w+)"', strip)) == {fit}


def lines(count: int) -> ReportCard:
    at = times(np.arange(5.0))
    curves = [
        an_array(f"c{k}", np.arange(5.0), Drawing.LINE, axes=("times_s",), along="times_s")
        for k in range(count)
    ]
    return a_card("color", Modality.VISUAL, (at, *curves))


@pytest.mark.parametrize(("count", "wide"), [(1, ["c0"]), (2, []), (3, ["c2"]), (4, [])])
def test_a_chart_that_is_left_alone_takes_the_whole_row(count: int, wide: list[str]) -> None:
    html = draw(a_small_page(lines(count)), language="en")
    assert re.findall(r'<figure id="color-(\w+)" class="is-wide"', html) == wide


def test_stretches_with_names_are_told_by_start_and_end_and_coloured_by_name() -> None:
    bounds = an_array(
        "key_bounds_s",
        np.array([[0.0, 30.0], [30.0, 63.0]]),
        Drawing.SEGMENTS,
        axes=("keys", "2"),
        unit=Unit.SECONDS,
    )
    names = an_array(
        "key_names",
        np.array(["C major", "A minor"]),
        Drawing.TABLE,
        axes=("keys",),
        along="key_bounds_s",
        choices=("C major", "A minor"),
    )
    page = a_small_page(a_card("harmony", Modality.AUDIO, (bounds, names)))
    html = draw(page, language="ru")
    assert re.findall(r'<li class="s\d">([^<]+) <b>1</b>', html) == ["C мажор", "A минор"]
    (told,) = [table for table in tables_of(html) if len(table.heads) == 3 and table.heads[0][0]]
    assert told.rows == [["0", "30", "C major"], ["30", "63", "A minor"]]


def test_an_axis_of_fixed_length_has_a_bar_a_place_and_names_where_there_are_some() -> None:
    values = np.array([0.5, 0.25, 0.25])
    notes = an_array("notes", values, Drawing.HISTOGRAM, axes=("3",), unit=Unit.SHARE)
    bare = draw(a_small_page(a_card("harmony", Modality.AUDIO, (notes,))), language="en")
    assert "notes, as bars: 3, the highest 50 %." in bare
    names = an_array("names", np.array(["C", "D", "E"]), Drawing.HIDDEN, axes=("3",))
    named = draw(a_small_page(a_card("harmony", Modality.AUDIO, (notes, names))), language="en")
    ranks = re.findall(r'<li><span>(\w)</span>.*? width="([\d.]+)".*?<b>(.*?)</b>', named)
    assert ranks == [("C", "100.0", "50 %"), ("D", "50.0", "25 %"), ("E", "50.0", "25 %")]


def test_strengths_of_moments_are_counted_not_placed() -> None:
    at = an_array("at_s", np.array([1.0, 50.0]), Drawing.MARKS, axes=("at",), unit=Unit.SECONDS)
    strengths = an_array(
        "strengths", np.array([3, 3]), Drawing.HISTOGRAM, axes=("at",), along="at_s"
    )
    html = draw(a_small_page(a_card("onsets", Modality.AUDIO, (at, strengths))), language="en")
    assert "strengths, how often: values 2, from 3 to 3, median 3." in html


def test_many_arrays_side_by_side_are_not_all_named_in_the_heading() -> None:
    columns = [an_array(f"c{k}", np.arange(3), Drawing.TABLE, axes=("3",)) for k in range(4)]
    html = draw(a_small_page(a_card("hook", Modality.VISUAL, tuple(columns))), language="en")
    assert "<h4>Side by side</h4>" in html
    assert "<p>c3: c3.</p>" in html
