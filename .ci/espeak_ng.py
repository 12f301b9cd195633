"""Speaks a text into a WAV file with eSpeak NG's library, where only its PyPI wheel is to be had.

Takes the part of `espeak-ng`'s command line that TrendFlow uses. eSpeak NG is GPL: this runs as a
process of its own and is never imported by TrendFlow.
"""

import argparse
import ctypes
import sys
import wave
from pathlib import Path

import espeakng_loader

SYNCHRONOUS = 2
DONT_EXIT = 0x8000
UTF8 = 1
BY_CHARACTER = 1
PARAMETERS = {"speed": 1, "amplitude": 2, "pitch": 3, "gap": 7}
CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="espeak-ng")
    parser.add_argument("--version", action="version", version="eSpeak NG (library from a wheel)")
    parser.add_argument("-v", dest="voice", default="en")
    parser.add_argument("-s", dest="speed", type=int, help="words a minute")
    parser.add_argument("-a", dest="amplitude", type=int, help="0 to 200")
    parser.add_argument("-p", dest="pitch", type=int, help="0 to 99")
    parser.add_argument("-g", dest="gap", type=int, help="between words, in 10 ms")
    parser.add_argument("-w", dest="wav", type=Path, required=True)
    parser.add_argument("-f", dest="file", type=Path)
    parser.add_argument("--stdin", action="store_true")
    parser.add_argument("words", nargs="*")
    return parser.parse_args()


def speak(text: str, asked: argparse.Namespace) -> tuple[int, bytes]:
    """Return the sample rate in Hz and 16-bit mono samples of `text` spoken."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    # The library is given the folder that holds `espeak-ng-data`, not that folder itself.
    data = Path(espeakng_loader.get_data_path()).parent
    rate_hz: int = library.espeak_Initialize(SYNCHRONOUS, 0, str(data).encode(), DONT_EXIT)
    if rate_hz <= 0:
        sys.exit("eSpeak NG did not start")
    if library.espeak_SetVoiceByName(asked.voice.encode()) != 0:
        sys.exit(f"no such voice: {asked.voice}")
    for name, number in PARAMETERS.items():
        value = getattr(asked, name)
        if value is not None:
            library.espeak_SetParameter(number, value, 0)
    spoken = bytearray()

    def keep(samples: int | None, count: int, _events: int | None) -> int:
        if samples:
            spoken.extend(ctypes.string_at(samples, count * 2))
        return 0

    callback = CALLBACK(keep)
    library.espeak_SetSynthCallback(callback)
    words = text.encode() + b"\0"
    library.espeak_Synth(words, ctypes.c_size_t(len(words)), 0, BY_CHARACTER, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return rate_hz, bytes(spoken)


def main() -> None:
    """Speak what was asked for."""
    asked = arguments()
    text = " ".join(asked.words)
    if asked.file:
        text = asked.file.read_text()
    elif asked.stdin:
        text = sys.stdin.read()
    rate_hz, samples = speak(text, asked)
    with wave.open(str(asked.wav), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(samples)


if __name__ == "__main__":
    main()
