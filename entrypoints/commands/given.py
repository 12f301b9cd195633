"""What several commands are given: a video, what is known about it, a profile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.identity import RunId
from domain.profile import Profile
from domain.video import Metadata, YoutubeLink
from entrypoints.session import Session

_LINK_STARTS = ("http://", "https://", "youtube.com/", "www.youtube.com/", "youtu.be/")
_TEXT_CHARACTERS_MAX = 100_000

Decorated = Callable[..., Any]


class RunIdType(click.ParamType[RunId]):
    """A run id on the command line."""

    name = "run id"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> RunId:
        try:
            return RunId(UUID(str(value)))
        except ValueError:
            session = ctx.find_object(Session) if ctx else None
            self.fail(session.say("not_a_run_id") if session else "not a run id", param, ctx)


def video_options(command: Decorated) -> Decorated:
    """SOURCE, the metadata of an upload, and the profile."""
    for option in reversed(
        (
            click.argument("source"),
            click.option("--title", help="The video's title."),
            click.option("--description", help="The video's description."),
            click.option("--tag", "tags", multiple=True, help="A tag; may be given many times."),
            click.option("--video-language", help="Language of title and description (ru, en)."),
            click.option("--category", help="The video's category."),
            click.option("--profile", default="standard", show_default=True, help="Name or file."),
        )
    ):
        command = option(command)
    return command


def _own_key(context: click.Context, param: click.Parameter, key: str | None) -> str | None:
    """A key that is given says something: an unset variable of a script is a mistake."""
    if key is not None and not key.strip():
        raise click.BadParameter("it is empty", context, param)
    return key


key_option = click.option(
    "--key",
    callback=_own_key,
    help="The request's own key: sent again under it, nothing is done twice.",
)
anew_option = click.option(
    "--anew", is_flag=True, help="Measure everything, whatever fresh results are there."
)
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


def link_of(source: str) -> YoutubeLink | None:
    """The link that SOURCE is; None when it is a file. A file of that name goes first."""
    if source.startswith(_LINK_STARTS) and not _exists(source):
        return YoutubeLink.parse(source)
    return None


def metadata_of(given: dict[str, Any]) -> Metadata:
    """Metadata from the options of `video_options`; refuses texts beyond any platform's limit."""
    for name in ("title", "description", "category", "video_language"):
        if given[name] is not None and len(given[name]) > _TEXT_CHARACTERS_MAX:
            raise click.BadParameter(f"over {_TEXT_CHARACTERS_MAX} characters", param_hint=name)
    return Metadata(
        title=given["title"],
        description=given["description"],
        tags=tuple(given["tags"]),
        language=given["video_language"],
        category=given["category"],
    )


def profile_of(session: Session, name_or_file: str) -> Profile:
    """A built-in profile by name, else the profile in a file."""
    profiles = session.container.profiles()
    file = Path(name_or_file)
    is_file = file.suffix == ".toml" or "/" in name_or_file
    return profiles.read(file) if is_file else profiles.named(name_or_file)


def _exists(source: str) -> bool:
    try:
        return Path(source).exists()
    except OSError:
        return False
