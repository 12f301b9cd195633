"""What every command of one call shares: the installation, the language, the form of answers."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rich.console import Console

from application.errors import AdapterError
from entrypoints.container import Container
from entrypoints.language import Language, say
from entrypoints.settings import Settings

PIPE_COLUMNS = 160


@dataclass
class Session:
    """One call of the program. The database is brought up to date when it is first asked for.

    Settings are read when first asked for, all options being known by then: what is wrong with
    them is said in the language that was asked for behind the command's name too.
    """

    read_settings: Callable[[], Settings]
    language: Language

    @cached_property
    def settings(self) -> Settings:
        return self.read_settings()

    @cached_property
    def container(self) -> Container:
        return Container(settings=self.settings)

    @cached_property
    def installation(self) -> Container:
        """The container with its data directory and database ready."""
        try:
            self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            raise AdapterError(reason, code="data_dir_unusable") from error
        self.container.migrate()
        self.container.seed_prices()()
        self.container.welcome_local_user()()
        return self.container

    @cached_property
    def staying(self) -> Container:
        """The installation of a process that stays: the storage is looked at too, and made."""
        self.installation.prepare_storage()
        return self.installation

    @cached_property
    def out(self) -> Console:
        """Answers, on standard output."""
        return _console()

    @cached_property
    def aside(self) -> Console:
        """Progress and warnings, on standard error."""
        return _console(stderr=True)

    def say(self, code: str, **fields: object) -> str:
        return say(code, self.language, **fields)

    def path(self, text: str) -> Path:
        """A path as the person gave it, relative to where they stand."""
        return Path(text).absolute()


def _console(*, stderr: bool = False) -> Console:
    """Prints what it is given: a note's brackets are no markup, and a pipe has room for tables."""
    console = Console(stderr=stderr, highlight=False, soft_wrap=True, markup=False)
    if not console.is_terminal:
        console.width = PIPE_COLUMNS
    return console
