"""The build of the decoder, as results are told apart by it."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.ffmpeg.build import decoder_build
from adapters.ffmpeg.tools import Tools
from application.errors import AdapterError


def speaking(folder: Path, *words: str) -> Tools:
    """A program that says these lines of itself."""
    program = folder / "ffmpeg"
    said = "\n".join(words)
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{said}\nEND\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Tools(ffmpeg=program, ffprobe=program, prlimit=program)


def test_the_real_one_says_which_it_is_and_the_same_each_time() -> None:
    build = decoder_build(Tools.find())
    assert build.startswith("ffmpeg version ")
    assert len(bytes.fromhex(build.rsplit(" ", 1)[1])) == 32
    assert decoder_build(Tools.find()) == build


def test_the_same_version_built_otherwise_is_another_build(tmp_path: Path) -> None:
    first = "ffmpeg version 7.1 Copyright (c) 2000-2024"
    builds = {
        decoder_build(speaking(tmp_path, first, f"configuration: --enable-{what}"))
        for what in ("libzimg", "gpl", "gpl")
    }
    assert len(builds) == 2
    assert {build.rsplit(" ", 1)[0] for build in builds} == {"ffmpeg version 7.1"}


def test_one_that_does_not_answer_is_missing(tmp_path: Path) -> None:
    tools = replace(Tools.find(), ffmpeg=tmp_path / "nowhere")
    with pytest.raises(AdapterError, match="does not say"):
        decoder_build(tools)
