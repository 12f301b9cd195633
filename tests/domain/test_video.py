"""Which videos and links are taken, and how large their frames become (R-101 to R-104, R-401)."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidLink, UnsupportedInput, VideoTooLong, VideoTooShort
from domain.video import (
    Metadata,
    Platform,
    UploadedFile,
    Video,
    YoutubeLink,
    analysis_size,
    as_read,
    check_duration,
    check_picture,
    detail_size,
    platform_of,
)
from tests.builders import FILE, LINK, NOON

ID = "dQw4w9WgXcQ"
IDS = st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True)
FORMS = [
    "https://www.youtube.com/watch?v={}",
    "http://youtube.com/watch?v={}&t=42s",
    "youtube.com/watch?list=PL123&v={}",
    "https://m.youtube.com/watch/?app=desktop&v={}#comments",
    "https://music.youtube.com/watch?v={}",
    "https://youtu.be/{}",
    "youtu.be/{}?si=abc&t=3",
    "https://www.youtu.be/{}/",
    "https://www.youtube.com/shorts/{}",
    "https://www.youtube.com/shorts/{}?feature=share",
    "https://www.youtube.com/embed/{}?start=5",
    "https://www.youtube-nocookie.com/embed/{}",
    "https://www.youtube.com/live/{}?feature=shared",
    "https://www.youtube.com/v/{}",
    "HTTPS://WWW.YOUTUBE.COM/watch?v={}",
    "https://www.youtube.com:443/watch?v={}",
    "  https://youtu.be/{}\n",
]
NO_LINKS = [
    "",
    " ",
    "hello",
    ID,
    "https://",
    "https://[",
    "https://[::1",
    "https://youtu.be/",
    f"https://youtu.be/{ID}/{ID}",
    f"https://youtu.be/{ID[:-1]}",
    f"https://youtu.be/{ID}x",
    f"https://youtu.be/{ID[:-1]}!",
    f"https://youtu.be/{ID[:-1]}ё",
    "https://www.youtube.com/",
    "https://www.youtube.com/watch",
    "https://www.youtube.com/watch?v=",
    f"https://www.youtube.com/watch?w={ID}",
    f"https://www.youtube.com/shorts/{ID}/more",
    f"https://www.youtube.com/clip/{ID}",
    "https://www.youtube.com/@channel",
    "https://www.youtube.com/playlist?list=PL123",
    f"https://vimeo.com/{ID}",
    f"https://youtube.com.evil.org/watch?v={ID}",
    f"https://youtube.com@evil.org/watch?v={ID}",
    f"https://evil.org/youtube.com/watch?v={ID}",
    f"ftp://youtube.com/watch?v={ID}",
    f"javascript://youtube.com/watch?v={ID}",
    f"file:///watch?v={ID}",
]


@given(st.sampled_from(FORMS), IDS)
def test_every_form_of_link_is_one_video(form: str, video_id: str) -> None:
    """R-101."""
    link = YoutubeLink.parse(form.format(video_id))
    assert link.video_id == video_id
    assert YoutubeLink.parse(link.url) == link


@pytest.mark.parametrize("text", NO_LINKS)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidLink) as refused:
        YoutubeLink.parse(text)
    assert "not a link to one" not in str(refused.value), "its sentence says so already"


@given(st.text(max_size=60) | st.text("htps:/youtbe.cm?v=[]@%&#", max_size=60))
def test_any_text_is_a_link_or_refused(text: str) -> None:
    with contextlib.suppress(InvalidLink):
        assert len(YoutubeLink.parse(text).video_id) == len(ID)


def test_the_same_file_is_the_same_video() -> None:
    """R-102: an upload's id comes from its content."""
    again = UploadedFile(FILE.sha256, 99)
    assert again.video_id == FILE.video_id == FILE.sha256[:32]
    assert UploadedFile("cd" * 32, FILE.size_bytes).video_id != FILE.video_id
    assert platform_of(FILE) is Platform.UPLOAD
    assert platform_of(LINK) is Platform.YOUTUBE


def test_a_video_is_known_by_its_source() -> None:
    video = Video(source=LINK, duration_s=60, metadata=Metadata())
    assert (video.platform, video.video_id) == (Platform.YOUTUBE, ID)
    with pytest.raises(VideoTooLong):
        Video(source=FILE, duration_s=1300, metadata=Metadata())


@given(st.sampled_from([1 / 12, 1 / 24, 1 / 60]), st.floats(0, 3000))
def test_durations_have_limits_with_one_frame_of_tolerance(
    tolerance_s: float, duration_s: float
) -> None:
    """R-103."""
    expected = (
        VideoTooShort
        if duration_s < 5 - tolerance_s
        else VideoTooLong
        if duration_s > 1200 + tolerance_s
        else None
    )
    if expected is None:
        check_duration(duration_s, tolerance_s=tolerance_s)
        return
    with pytest.raises(expected) as told:
        check_duration(duration_s, tolerance_s=tolerance_s)
    short = expected is VideoTooShort
    assert told.value.code == ("video_too_short" if short else "video_too_long")
    assert told.value.fields["limit_s"] == (5.0 if short else 1200.0)


@pytest.mark.parametrize(
    ("duration_s", "refusal"),
    [
        (float("nan"), VideoTooShort),
        (-1.0, VideoTooShort),
        (float("-inf"), VideoTooShort),
        (float("inf"), VideoTooLong),
    ],
)
def test_durations_that_are_none_are_refused(duration_s: float, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        check_duration(duration_s, tolerance_s=0.1)


@pytest.mark.parametrize("edge_s", [5.0, 1200.0])
def test_both_ends_are_inclusive(edge_s: float) -> None:
    check_duration(edge_s, tolerance_s=0)


PICTURES = [
    (1920, 1080, True),
    (1080, 1920, True),
    (64, 16, True),
    (16, 64, True),
    (65, 16, False),
    (16, 65, False),
    (15, 16, False),
    (0, 100, False),
    (-640, 480, False),
    (6000, 6000, True),
    (6001, 6000, False),
    (65535, 65535, False),
]


@pytest.mark.parametrize(("width", "height", "taken"), PICTURES)
def test_pictures_have_limits(width: int, height: int, *, taken: bool) -> None:
    """R-104: beyond 4:1 is unsupported; nothing is squashed."""
    if taken:
        check_picture(width, height)
        return
    with pytest.raises(UnsupportedInput) as told:
        check_picture(width, height)
    assert told.value.fields == {"width": width, "height": height}


SIDES = st.integers(16, 6000)


@given(SIDES, SIDES)
def test_analysis_frames_are_320_on_the_short_side(width: int, height: int) -> None:
    """R-401."""
    found = analysis_size(width, height)
    assert min(found) == 320 if max(width, height) * 320 / min(width, height) >= 320 else True
    assert all(side % 2 == 0 for side in found)
    assert (found[0] >= found[1]) == (width >= height)
    long_side = 320 * max(width, height) / min(width, height)
    assert abs(max(found) - long_side) <= 1


@given(SIDES, SIDES)
def test_detail_frames_are_the_source_at_most_full_hd(width: int, height: int) -> None:
    """R-104."""
    found = detail_size(width, height)
    assert max(found) <= 1920
    assert min(found) <= 1080
    assert all(side % 2 == 0 for side in found)
    if max(width, height) <= 1920 and min(width, height) <= 1080:
        assert abs(found[0] - width) <= 1
        assert abs(found[1] - height) <= 1
    else:
        scale = min(1920 / max(width, height), 1080 / min(width, height))
        assert abs(found[0] - width * scale) <= 2
        assert abs(found[1] - height * scale) <= 2


@pytest.mark.parametrize(
    ("source", "analysis", "detail"),
    [
        ((1920, 1080), (568, 320), (1920, 1080)),
        ((1080, 1920), (320, 568), (1080, 1920)),
        ((3840, 2160), (568, 320), (1920, 1080)),
        ((640, 480), (426, 320), (640, 480)),
        ((64, 16), (1280, 320), (64, 16)),
        ((641, 479), (428, 320), (642, 480)),
        ((2560, 1080), (758, 320), (1920, 810)),
    ],
)
def test_known_sizes(
    source: tuple[int, int], analysis: tuple[int, int], detail: tuple[int, int]
) -> None:
    assert analysis_size(*source) == analysis
    assert detail_size(*source) == detail


def test_comments_are_never_shown_by_accident() -> None:
    """R-706."""
    assert "canary" not in repr(Metadata(comments=("canary",)))


def test_counters_go_with_the_moment_they_were_read_at() -> None:
    """R-801: a second reading a day later is told apart from the first."""
    first = as_read(Metadata(views=7), NOON)
    assert first.counters_read_at == NOON.isoformat()
    assert as_read(first, NOON + timedelta(days=1)) == first


def test_without_counters_nothing_was_read() -> None:
    assert as_read(Metadata(title="A talk"), NOON) == Metadata(title="A talk")
