"""The Tier-0 features: what the forecast reads of a video, from every Tier-0 component (R-202).

Counters, channel and date first; then a few figures of each sense rather than all of them: whole
blocks of hundreds of measurements made forecasts worse where fewer than a thousand videos teach.
"""

from collections.abc import Iterable, Mapping

from application.ports.components import Component
from domain.feature import Feature, FeatureSchema, Statistic
from domain.schema import ArraySchema, ArtifactSchema, Unit

VERSION = "tf.features/1"

_S = Statistic
_CHOSEN: Mapping[str, tuple[str | tuple[str, Statistic], ...]] = {
    "video_facts": (
        "views",
        "likes",
        "subscribers",
        "age_days",
        "published_weekday",
        "published_hour",
        ("category_number", _S.CODE),
        "duration_s",
        "is_upright",
        "has_sound",
    ),
    "title_style": (
        "characters",
        "words",
        "capital_share",
        "digit_share",
        "numbers",
        "emoji",
        "is_question",
        "exclamations",
        "superlatives",
        "clickbait_markers",
        "calls_to_action",
        "hashtags",
        "has_brackets",
        "cyrillic_share",
    ),
    "text_embedding": (("vectors", _S.OF_TITLE),),
    "loudness": (
        "integrated_lufs",
        "loudness_range_lu",
        "true_peak_dbtp",
        "max_short_term_lufs",
    ),
    "tempo": ("bpm", "confidence"),
    "voice_activity": (
        "speech_share",
        "first_speech_s",
        "pauses_per_minute",
        "pause_median_s",
    ),
    "audio_events": ("speech_share", "singing_share", "music_share"),
    "shots": ("shot_count", "opening_fade_s", ("transition_strength", _S.MEAN)),
    "pacing": (
        "mean_shot_s",
        "median_shot_s",
        "cuts_per_minute",
        "trend",
        "opening_cuts_per_minute",
        "opening_motion_ratio",
        ("cuts_per_10s", _S.HIGHEST),
        ("burst_bounds_s", _S.AMOUNT),
    ),
    "color": (
        "mean_brightness",
        "mean_contrast",
        "mean_saturation",
        "mean_colorfulness",
        "mean_warmth",
        "black_share",
        "grey_share",
        "flicker_strength",
        ("brightness", _S.SPREAD),
    ),
    "sharpness": (
        "mean_focus",
        "mean_noise",
        "blockiness",
        ("dark_share", _S.MEAN),
        ("bright_share", _S.MEAN),
    ),
    "motion": (
        "mean_magnitude",
        "still_share",
        "shake",
        ("magnitude", _S.SPREAD),
        ("object_magnitude", _S.MEAN),
        ("camera_pan", _S.SPREAD),
        ("camera_zoom", _S.SPREAD),
    ),
    "frame_embedding": ("mean_change", ("change", _S.SPREAD)),
    "faces": (
        "screen_time_share",
        "first_3s_share",
        "count_max",
        "track_count",
        "mean_area_share",
    ),
    "face_emotion": (("mean_probabilities", _S.ALL), ("confidence", _S.MEAN)),
    "hook": (
        ("motion_ratio", _S.FIRST),
        ("cut_ratio", _S.FIRST),
        ("loudness_gain_lu", _S.FIRST),
        ("faces_opening", _S.FIRST),
        ("voice_opening", _S.FIRST),
        "first_cut_s",
    ),
}


def tier0_features(components: Iterable[Component]) -> FeatureSchema:
    """The list, with units and masks from the schemas of these components.

    Raises ValueError where a Tier-0 component yields nothing, KeyError where an array is gone.
    """
    schemas = {one.spec.name: one.schema for one in components if one.spec.tier0}
    if schemas.keys() != _CHOSEN.keys():
        strange = ", ".join(sorted(schemas.keys() ^ _CHOSEN.keys()))
        raise ValueError(f"Tier-0 and the features differ in {strange}")
    features = (
        _feature(schemas[name], *((entry, _S.VALUE) if isinstance(entry, str) else entry))
        for name, entries in _CHOSEN.items()
        for entry in entries
    )
    return FeatureSchema(VERSION, tuple(features))


def _feature(schema: ArtifactSchema, name: str, statistic: Statistic) -> Feature:
    array = schema.array(name)
    _check_form(schema.component, array, statistic)
    counts = statistic is Statistic.AMOUNT
    return Feature(
        component=schema.component,
        array=name,
        statistic=statistic,
        unit=str(Unit.COUNT if counts else array.unit),
        presence=array.presence,
        width=int(array.axes[-1]) if statistic in {_S.ALL, _S.OF_TITLE} else 1,
    )


def _check_form(component: str, array: ArraySchema, statistic: Statistic) -> None:
    axes = {_S.VALUE: 0, _S.CODE: 0, _S.OF_TITLE: 2, _S.AMOUNT: None}.get(statistic, 1)
    if axes is not None and len(array.axes) != axes:
        raise ValueError(f"{component}.{array.name} has no {statistic}")
