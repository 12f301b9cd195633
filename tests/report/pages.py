"""A made page as a customer would get it: all drawings, all states, of any length of video."""

from application.ports.reports import ReportPage
from domain.canonical import JsonValue
from tests.builders import FILE, an_identity
from tests.report.made import a_frame
from tests.report.page_computed import computed, key_times
from tests.report.page_picture import picture
from tests.report.page_sound import sound
from tests.report.page_text import text


def a_page(*, duration_s: float = 63.0, title: str | None = "How I film at night") -> ReportPage:
    """A page of one measured video with all drawings and all states."""
    frames = tuple(
        (float(at), a_frame(int(20 + 23 * k)))
        for k, at in enumerate(key_times(duration_s).tolist())
    )
    return ReportPage(
        identity=an_identity(video_id=FILE.video_id),
        title=title,
        run=a_run_record(duration_s),
        cards=(
            *sound(duration_s),
            *text(),
            *picture(duration_s),
            *computed(duration_s),
        ),
        key_frames=frames,
    )


def a_run_record(duration_s: float = 63.0, **details: JsonValue) -> dict[str, JsonValue]:
    """The manifest's account of the run (R-305)."""
    source: dict[str, JsonValue] = {
        "container": "mov,mp4,m4a,3gp,3g2,mj2",
        "size_bytes": 48_700_123,
        "video_codec": "h264",
        "pixel_format": "yuv420p",
        "coded_size": [1920, 1080],
        "shown_size": [1080, 1920],
        "rotation_deg": 90,
        "frame_rate_hz": 29.97,
        "picture_count": round(duration_s * 29.97),
        "duration_s": duration_s,
        "sound_codec": "aac",
        "sound_rate_hz": 48_000,
        "sound_channels": 2,
    }
    run: dict[str, JsonValue] = {
        "profile": "full",
        "profile_version": "1",
        "status": "ok",
        "stage": "analyse",
        "created_at": "2026-01-02T12:00:00+00:00",
        "started_at": "2026-01-02T12:00:01+00:00",
        "finished_at": "2026-01-02T12:00:41+00:00",
        "error": None,
        "warnings": ["composition", "saliency"],
        "preprocessing": {
            "source": source,
            "operations": ["resample_12fps", "scale_320x568", "rotate_90", "sound_music"],
            "attempts": [{"what": "decode", "pictures": 1831, "share": 0.97, "decode_errors": 12}],
            "warnings": ["decode_errors"],
            "timeline": {"frame_count": round(duration_s * 12), "duration_s": duration_s},
            "counters": {"decodes": 1, "spectra": 1, "flow": 755},
            "confinement": "bubblewrap",
        },
    }
    return {**run, **details}
