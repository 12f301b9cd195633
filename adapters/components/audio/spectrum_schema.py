"""What a `spectrum` artifact holds."""

from adapters.components.listing import Both, bands, line, mask, times, value
from domain.schema import ArtifactSchema, Label, Unit

BAND_EDGES_HZ = (20.0, 60.0, 250.0, 500.0, 2000.0, 4000.0, 6000.0, 11025.0)
BANDS = len(BAND_EDGES_HZ) - 1
MAX_HZ = 11_025.0

# Name, unit, highest value, label, meaning: each is a curve and its mean over what is audible.
CURVES: tuple[tuple[str, Unit, float, Both, Both], ...] = (
    (
        "centroid_hz",
        Unit.HERTZ,
        MAX_HZ,
        ("Centre of the spectrum", "Центр спектра"),
        ("Higher sounds brighter", "Чем выше, тем ярче звук"),
    ),
    (
        "bandwidth_hz",
        Unit.HERTZ,
        MAX_HZ,
        ("Width of the spectrum", "Ширина спектра"),
        ("How far around its centre the sound spreads", "Как широко звук расходится от центра"),
    ),
    (
        "rolloff_hz",
        Unit.HERTZ,
        MAX_HZ,
        ("Roll-off", "Спад спектра"),
        ("Below it lie 85 % of the energy", "Ниже этой частоты лежит 85 % энергии"),
    ),
    (
        "flatness",
        Unit.SHARE,
        1.0,
        ("Flatness", "Плоскость"),
        ("0 % is a pure tone, 100 % is white noise", "0 % — чистый тон, 100 % — белый шум"),
    ),
    (
        "entropy",
        Unit.SHARE,
        1.0,
        ("Entropy", "Энтропия"),
        (
            "How evenly energy is spread over frequencies",
            "Насколько ровно энергия распределена по частотам",
        ),
    ),
    (
        "contrast_db",
        Unit.DB,
        200.0,
        ("Contrast", "Контраст"),
        (
            "How far peaks stand above valleys, mean over octaves",
            "Насколько пики выше провалов, в среднем по октавам",
        ),
    ),
    (
        "crossings_hz",
        Unit.PER_SECOND,
        22_050.0,
        ("Zero crossings", "Переходы через ноль"),
        (
            "How often the wave changes its sign; a tone crosses twice a period",
            "Как часто волна меняет знак; тон делает это дважды за период",
        ),
    ),
)

SCHEMA = ArtifactSchema(
    component="spectrum",
    version="1",
    label=Label("Spectrum", "Спектр"),
    meaning=Label(
        "Which frequencies the sound is made of, up to 11 kHz; silence is left out",
        "Из каких частот состоит звук, до 11 кГц; тишина не учитывается",
    ),
    arrays=(
        *(
            value(f"mean_{name}", unit=unit, low=0.0, high=high, label=label, meaning=meaning)
            for name, unit, high, label, meaning in CURVES
        ),
        times(),
        mask(
            "audible",
            along="times_s",
            label=("Audible", "Слышно"),
            meaning=("False in silence", "Ложь в тишине"),
        ),
        *(
            line(
                name,
                along="times_s",
                unit=unit,
                high=high,
                presence="audible",
                label=label,
                meaning=meaning,
                may_be_constant=True,
            )
            for name, unit, high, label, meaning in CURVES
        ),
        bands(
            "band_shares",
            along="times_s",
            amount=BANDS,
            unit=Unit.SHARE,
            high=1.0,
            label=("Energy by band", "Энергия по полосам"),
            meaning=(
                "Shares of 20, 60, 250, 500, 2000, 4000 and 6000 Hz and above; 0 in silence",
                "Доли полос от 20, 60, 250, 500, 2000, 4000 и 6000 Гц; в тишине все 0",
            ),
        ),
    ),
)
