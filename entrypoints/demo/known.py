"""What is known about the sample before it is measured, and how far a measurement may be off.

Tolerances are those of the component catalogue's table of truths.
"""

from dataclasses import dataclass

from domain.schema import Label
from entrypoints.demo import timeline as plan
from entrypoints.demo.timeline import Span

ONE_GRID_STEP_S = 1 / 12
# Filters and the 12 fps grid see the neighbours near a shot's edge.
MARGIN_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One known value: a number, a word, or moments in seconds.

    `within` takes the mean of a curve in a part of the video, with `times_s` as its clock (not the
    median: of 25 frames a second a 12 fps grid takes steps of two, and of three now and then);
    `kind` takes the transitions of that kind from the list of cuts; other moments are all that the
    array holds.
    """

    component: str
    array: str
    what: Label
    value: float | str | tuple[float, ...]
    tolerance: float = 0.0
    unit: str = ""
    within: Span | None = None
    kind: str | None = None


def _characters(words: tuple[str, ...]) -> float:
    return float(sum(len(word) for text in words for word in text.split()))


def _in_title(array: str, value: int, en: str, ru: str) -> Known:
    return Known(
        component="title_style",
        array=array,
        what=Label(f"Title: {en}", f"Заголовок: {ru}"),
        value=float(value),
    )


KNOWN = (
    Known(
        component="loudness",
        array="integrated_lufs",
        what=Label("Loudness", "Громкость"),
        value=plan.LOUDNESS_LUFS,
        tolerance=0.1,
        unit="LUFS",
    ),
    Known(
        component="tempo",
        array="bpm",
        what=Label("Tempo", "Темп"),
        value=plan.TEMPO_BPM,
        tolerance=0.01 * plan.TEMPO_BPM,
        unit="BPM",
    ),
    Known(
        component="harmony",
        array="key",
        what=Label("Key", "Тональность"),
        value=plan.KEY,
    ),
    Known(
        component="harmony",
        array="mode",
        what=Label("Mode", "Лад"),
        value=plan.MODE,
    ),
    Known(
        component="audio_quality",
        array="clipping_share",
        what=Label("Clipped sound", "Перегруженный звук"),
        value=0.0,
        tolerance=0.0001,
    ),
    Known(
        component="shots",
        array="cut_times_s",
        what=Label("Hard cuts", "Склейки"),
        value=plan.HARD_CUTS_S,
        tolerance=ONE_GRID_STEP_S,
        unit="s",
        kind="cut",
    ),
    Known(
        component="shots",
        array="cut_times_s",
        what=Label("Dissolve", "Наплыв"),
        value=(plan.DISSOLVE.middle_s,),
        tolerance=0.5,
        unit="s",
        kind="dissolve",
    ),
    Known(
        component="shots",
        array="cut_times_s",
        what=Label("Fade through black", "Через чёрное"),
        value=(plan.FADE.middle_s,),
        tolerance=0.5,
        unit="s",
        kind="fade",
    ),
    Known(
        component="pacing",
        array="mean_shot_s",
        what=Label("Mean shot", "Средний план"),
        value=plan.DURATION_S / plan.SHOTS,
        tolerance=0.1,
        unit="s",
    ),
    Known(
        component="motion",
        array="camera_pan",
        what=Label("Camera turns right", "Поворот камеры вправо"),
        value=plan.PAN_WIDTHS_PER_S,
        tolerance=0.1 * plan.PAN_WIDTHS_PER_S,
        unit="widths/s",
        within=plan.PAN.inner(MARGIN_S),
    ),
    Known(
        component="motion",
        array="camera_zoom",
        what=Label("Camera goes in", "Наезд камеры"),
        value=plan.ZOOM_LOG_PER_S,
        tolerance=0.1 * plan.ZOOM_LOG_PER_S,
        unit="log/s",
        within=plan.ZOOM.inner(MARGIN_S),
    ),
    Known(
        component="motion",
        array="magnitude",
        what=Label("Still picture moves", "Движение неподвижной картинки"),
        value=0.0,
        tolerance=0.001,
        unit="heights/s",
        within=plan.OPENING.inner(MARGIN_S),
    ),
    Known(
        component="color",
        array="brightness",
        what=Label("Brightness of the grey card", "Яркость серой карты"),
        value=plan.CARD_GREY / 255,
        tolerance=0.01 * plan.CARD_GREY / 255,
        within=plan.CARD.inner(MARGIN_S),
    ),
    Known(
        component="color",
        array="saturation",
        what=Label("Saturation of the grey card", "Насыщенность серой карты"),
        value=0.0,
        tolerance=0.01,
        within=plan.CARD.inner(MARGIN_S),
    ),
    Known(
        component="color",
        array="brightness",
        what=Label("Brightness of black", "Яркость чёрного"),
        value=0.0,
        tolerance=0.01,
        within=plan.BLACK.inner(0.1),
    ),
    Known(
        component="voice_activity",
        array="first_speech_s",
        what=Label("First word", "Первое слово"),
        value=plan.LINES[0].span.start_s,
        tolerance=0.25,
        unit="s",
    ),
    Known(
        component="voice_activity",
        array="speech_probability",
        what=Label("Somebody speaks", "Кто-то говорит"),
        value=1.0,
        tolerance=0.15,
        within=plan.SURE_OF_SPEECH,
    ),
    Known(
        component="voice_activity",
        array="speech_probability",
        what=Label("Music alone is no speech", "Одна музыка — не речь"),
        value=0.0,
        tolerance=0.15,
        within=plan.PAN.inner(MARGIN_S),
    ),
    Known(
        component="audio_events",
        array="music_share",
        what=Label("Music plays all the time", "Музыка играет всё время"),
        value=1.0,
        tolerance=0.05,
    ),
    Known(
        component="speech_transcript",
        array="language",
        what=Label("Language of the speech", "Язык речи"),
        value="en",
    ),
    Known(
        component="language",
        array="language",
        what=Label("Language of title and description", "Язык заголовка и описания"),
        value="en",
    ),
    Known(
        component="faces",
        array="track_bounds_s",
        what=Label("A face comes and goes", "Лицо появляется и уходит"),
        value=(plan.FACE.start_s, plan.DISSOLVE.middle_s),
        tolerance=0.5,
        unit="s",
    ),
    Known(
        component="faces",
        array="counts",
        what=Label("Faces while hers is seen", "Лиц, пока видно её"),
        value=1.0,
        tolerance=0.05,
        within=plan.FACE.inner(MARGIN_S),
    ),
    Known(
        component="faces",
        array="counts",
        what=Label("Faces in a cup of coffee", "Лиц в чашке кофе"),
        value=0.0,
        tolerance=0.05,
        within=plan.CLOSING.inner(MARGIN_S),
    ),
    Known(
        component="shots_neural",
        array="cut_times_s",
        what=Label("Hard cuts, by a network", "Склейки, по нейросети"),
        value=plan.HARD_CUTS_S,
        tolerance=ONE_GRID_STEP_S,
        unit="s",
        kind="cut",
    ),
    Known(
        component="on_screen_text",
        array="characters",
        what=Label("Latin characters on a card", "Латинские знаки на карточке"),
        value=_characters(plan.OPENING_WORDS),
        tolerance=0.05 * _characters(plan.OPENING_WORDS),
        within=plan.OPENING.inner(MARGIN_S),
    ),
    Known(
        component="on_screen_text",
        array="characters",
        what=Label("Cyrillic characters on a card", "Кириллические знаки на карточке"),
        value=_characters(plan.QUESTION_WORDS),
        tolerance=0.1 * _characters(plan.QUESTION_WORDS),
        within=plan.QUESTION.inner(MARGIN_S),
    ),
    Known(
        component="on_screen_text",
        array="characters",
        what=Label("Characters in a valley by night", "Знаки в ночной долине"),
        value=0.0,
        tolerance=0.5,
        within=plan.PAN.inner(MARGIN_S),
    ),
    _in_title("characters", 37, "characters", "символы"),
    _in_title("words", 8, "words", "слова"),
    _in_title("capital_words", 1, "words in capitals", "слова прописными"),
    _in_title("numbers", 1, "numbers", "числа"),
    _in_title("emoji", 1, "emoji", "эмодзи"),
    _in_title("exclamations", 1, "exclamation marks", "восклицательные знаки"),
)
