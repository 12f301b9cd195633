"""The sound of the sample: a voice over music, brought to a known loudness."""

import re
import subprocess
import wave
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from entrypoints.demo.music import Sound, music
from entrypoints.demo.timeline import LINES, LOUDNESS_LUFS, SAMPLE_RATE_HZ, Line
from entrypoints.demo.tools import Tools

MUSIC_UNDER_VOICE = 0.45
VOICE_LEVEL = 1.0
RAMP_S = 0.08
WORDS_PER_MINUTE = 165
FULL_SCALE = 32767
_INTEGRATED = re.compile(r"lavfi\.r128\.I=(-?[\d.]+)")


def make_sound(folder: Path, tools: Tools) -> Path:
    """Write `sound.m4a`: AAC, stereo, -16.0 LUFS by ffmpeg's own reading of EBU R 128."""
    mix = music()
    voice = np.zeros(len(mix))
    for number, line in enumerate(LINES):
        spoken = _fit(speak(line, folder / f"line{number}.wav", tools.espeak), line)
        start = round(line.span.start_s * SAMPLE_RATE_HZ)
        voice[start : start + len(spoken)] += spoken
        mix *= _duck(len(mix), line)[:, None]
    mix = np.tanh(mix + VOICE_LEVEL * voice[:, None])
    path = folder / "sound.m4a"
    _encode(mix, path, tools.ffmpeg)
    # Measured after the encoder, which changes the loudness by some hundredths.
    gain_db = LOUDNESS_LUFS - integrated_lufs(path, tools.ffmpeg)
    mix *= 10 ** (gain_db / 20)
    if np.abs(mix).max() >= 1.0:
        raise ValueError("the mix is too loud to be brought to its loudness without clipping")
    _encode(mix, path, tools.ffmpeg)
    return path


def speak(line: Line, path: Path, espeak: Path) -> Sound:
    """Return the line as eSpeak NG says it, at our sample rate, peak 1."""
    command = [str(espeak), "-v", line.voice, "-s", str(WORDS_PER_MINUTE), "-w", str(path)]
    subprocess.run([*command, line.text], check=True, capture_output=True)
    with wave.open(str(path), "rb") as file:
        rate_hz = file.getframerate()
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    path.unlink()
    sound: Sound = resample_poly(samples.astype(np.float64), SAMPLE_RATE_HZ, rate_hz)
    return np.asarray(sound / np.abs(sound).max())


def integrated_lufs(path: Path, ffmpeg: Path) -> float:
    """Integrated loudness of a file's sound by ffmpeg's ebur128 filter, to a thousandth."""
    meter = "ebur128=metadata=1,ametadata=print:key=lavfi.r128.I:file=-"
    command = [str(ffmpeg), "-v", "error", "-nostdin", "-i", f"file:{path}", "-af", meter]
    command += ["-vn", "-f", "null", "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(_INTEGRATED.findall(done.stdout)[-1])


def _fit(spoken: Sound, line: Line) -> Sound:
    """Cut off what is longer than the span, softly: no later truth may depend on a voice."""
    kept = spoken[: round(line.span.seconds * SAMPLE_RATE_HZ)].copy()
    ramp = round(RAMP_S * SAMPLE_RATE_HZ)
    kept[-ramp:] *= np.linspace(1.0, 0.0, ramp)
    return kept


def _duck(samples: int, line: Line) -> Sound:
    """The gain of the music while a line is spoken."""
    times_s = np.arange(samples) / SAMPLE_RATE_HZ
    edges_s = (
        line.span.start_s - RAMP_S,
        line.span.start_s,
        line.span.end_s,
        line.span.end_s + RAMP_S,
    )
    return np.interp(times_s, edges_s, (1.0, MUSIC_UNDER_VOICE, MUSIC_UNDER_VOICE, 1.0))


def _encode(mix: Sound, path: Path, ffmpeg: Path) -> None:
    command = [str(ffmpeg), "-v", "error", "-y", "-f", "s16le", "-ar", str(SAMPLE_RATE_HZ)]
    command += ["-ac", "2", "-i", "pipe:0", "-c:a", "aac", "-b:a", "192k"]
    command += ["-fflags", "+bitexact", "-flags:a", "+bitexact", f"file:{path}"]
    samples = np.round(mix * FULL_SCALE).astype("<i2").tobytes()
    subprocess.run(command, check=True, input=samples)
