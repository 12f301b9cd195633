"""What a `timbre` artifact holds."""

from adapters.components.listing import Both, bands, column, mask, times
from domain.schema import ArraySchema, ArtifactSchema, Label

COEFFICIENTS = 13


def _row(name: str, label: Both, meaning: Both) -> ArraySchema:
    return column(name, str(COEFFICIENTS), label, meaning, low=None)


SCHEMA = ArtifactSchema(
    component="timbre",
    version="1",
    label=Label("Timbre", "Тембр"),
    meaning=Label(
        "The colour of the sound as 13 mel-frequency cepstral coefficients; silence is left out",
        "Окраска звука: 13 мел-частотных кепстральных коэффициентов; тишина не учитывается",
    ),
    arrays=(
        _row(
            "mean_mfcc",
            ("Mean", "Среднее"),
            (
                "The first is loudness, the second bright against dark, further ones finer shape",
                "Первый - громкость, второй - светлое против тёмного, дальше форма тоньше",
            ),
        ),
        _row("std_mfcc", ("Spread", "Разброс"), ("How much each varies", "Насколько меняется")),
        _row(
            "std_delta",
            ("Speed", "Скорость"),
            ("How fast each changes, a second", "Насколько быстро меняется, в секунду"),
        ),
        times(),
        mask(
            "audible",
            along="times_s",
            label=("Audible", "Слышно"),
            meaning=("False in silence", "Ложь в тишине"),
        ),
        bands(
            "mfcc",
            along="times_s",
            amount=COEFFICIENTS,
            low=None,
            label=("Timbre over time", "Тембр во времени"),
            meaning=(
                "Each coefficient over time; all 0 in silence",
                "Каждый коэффициент во времени; в тишине все 0",
            ),
        ),
    ),
)
