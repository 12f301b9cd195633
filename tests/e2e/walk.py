"""The whole real corpus through `full`, and the page that tells how each component ended.

`make corpus` runs it: `python -m tests.e2e.walk`. Workers with a warm child each take one clip
after the other in one installation, whose results are kept: a walk that was broken off goes on, and
one after a component has come measures that component alone (R-509). `--through-triton` asks a
private Triton server over the same models, and keeps and writes beside the walk in process.
"""

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from threading import Event
from uuid import uuid4

from adapters.toml.profiles import TomlProfiles
from application.use_cases.start_run import Request
from domain.artifact import manifest_path
from domain.errors import DomainError
from domain.ledger import LOCAL_USER
from domain.profile import Profile
from domain.video import Metadata
from entrypoints.container import Container
from entrypoints.inference import FOLDER, URL
from entrypoints.session import Session
from entrypoints.settings import Settings
from tests.e2e.corpus import files
from tests.e2e.walk_page import Walked, corpus_page
from tests.outside import MODELS, ROOT, require
from tests.servers.triton import link_built_models, private_triton

IN_PROCESS, THROUGH_TRITON = "in process", "through a Triton server where it reads them"
PAGES = {
    IN_PROCESS: ROOT / "docs" / "corpus.md",
    THROUGH_TRITON: ROOT / "docs" / "corpus-triton.md",
}
KEPT = {
    IN_PROCESS: ROOT / "trendflow-data" / "corpus",
    THROUGH_TRITON: ROOT / "trendflow-data" / "corpus-triton",
}
"""Apart: what one way has measured would be taken over by the other (R-509)."""
PROFILE = "full"
RUNS_PER_HOUR = "100"
UNANSWERED = "inference_unavailable"

ENGLISH = Metadata(
    title="How I film at night",
    description=(
        "Three ways to film at night with a small camera: light, focus and patience. First we look "
        "for a lamp and put the face beside it. Then we choose one sharp point and keep it. At the "
        "end we wait, because the best pictures come late. I love this quiet hour. Subscribe for "
        "more! #night #film"
    ),
    tags=("night", "film"),
)
RUSSIAN = Metadata(
    title="Как снимать ночью: прогулка по Москве",
    description=(
        "Анна Иванова показывает, как снимать Москву и Казань ночью на маленькую камеру. Сначала "
        "мы ищем фонарь и ставим героя рядом с ним. Потом выбираем одну резкую точку и держим её. "
        "В конце мы ждём: лучшие кадры приходят поздно. Подписывайтесь! #ночь #город"
    ),
    tags=("ночь", "город"),
)


@dataclass(frozen=True, slots=True)
class Uninterrupted:
    """Nobody asks for an end (port `Cancellation`)."""

    requested: bool = False


@contextmanager
def serving(way: str) -> Iterator[Mapping[str, str]]:
    """The settings of who serves this machine's models, as long as the context lasts."""
    here = {FOLDER: str(MODELS)}
    if way == IN_PROCESS:
        yield here
        return
    with (
        TemporaryDirectory() as repository,
        private_triton(require("triton"), link_built_models(Path(repository))) as server,
    ):
        yield here | {URL: server.url}


@contextmanager
def installation(folder: Path, served: Mapping[str, str]) -> Iterator[Container]:
    """An installation with this machine's models, warm until the context ends."""
    limits = {f"TRENDFLOW_RUNS_PER_HOUR_{plan}": RUNS_PER_HOUR for plan in ("FREE", "MOST")}
    environment = limits | dict(served)
    settings = Settings.read(environment, data_dir=folder)
    container = Session(lambda: settings, "en").installation
    analyst = container.analyst()
    analyst.start()
    try:
        yield container
    finally:
        analyst.close()


def walked(container: Container, clip: Path, *, profile: Profile) -> Walked:
    """Measures one clip; a refusal is told by its code."""
    is_russian = clip.name.startswith("ru_") or "_ru." in clip.name
    try:
        run = container.accept_video().upload(
            clip,
            metadata=RUSSIAN if is_russian else ENGLISH,
            profile=profile,
            request=Request(user_id=LOCAL_USER, key=str(uuid4())),
        )
    except DomainError as refusal:
        return Walked(clip.name, refusal.code, ())
    ended = container.execute_run()(
        run.id, language="en", on_progress=lambda _: None, cancellation=Uninterrupted()
    )
    manifest = Path(container.store().location(manifest_path(ended.identity)))
    components = json.loads(manifest.read_text(encoding="utf-8"))["components"]
    if any(each["error"] and each["error"]["code"] == UNANSWERED for each in components):
        raise RuntimeError("the server of models does not answer: this is not how a clip ends")
    code = ended.failure.code if ended.failure else None
    return Walked(clip.name, code, tuple(components))


def walk(
    clips: Iterable[Path],
    *,
    profile: Profile,
    folder: Path,
    served: Mapping[str, str],
    at_once: int,
) -> list[Walked]:
    """Every clip, in the order of names; whoever is free takes the next.

    What cannot work (a server that has gone) ends the walk with the clips that are under way.
    """
    waiting: SimpleQueue[Path] = SimpleQueue()
    for clip in clips:
        waiting.put(clip)
    broken = Event()

    def work(container: Container) -> list[Walked]:
        found = []
        with suppress(Empty):
            while not broken.is_set():
                found.append(one(container, waiting.get_nowait()))
        return found

    def one(container: Container, clip: Path) -> Walked:
        try:
            ended = walked(container, clip, profile=profile)
        except Exception as error:
            broken.set()
            print(f"{clip.name}: broken off: {error}", flush=True)  # noqa: T201
            raise
        print(f"{ended.clip}: {ended.code or 'ok'}", flush=True)  # noqa: T201
        return ended

    with ExitStack() as stack, ThreadPoolExecutor(at_once) as threads:
        workers = [stack.enter_context(installation(folder, served)) for _ in range(at_once)]
        parts = list(threads.map(work, workers))
    return sorted((one for part in parts for one in part), key=lambda one: one.clip)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", type=Path, help="where the page is written")
    parser.add_argument("--at-once", type=int, default=2, help="how many clips side by side")
    parser.add_argument("--kept", type=Path, help="where results are kept")
    parser.add_argument("--anew", action="store_true", help="forget what is kept")
    parser.add_argument("--only", nargs="*", default=[], help="these clips alone, by their names")
    parser.add_argument("--through-triton", action="store_true", help="ask a private Triton server")
    given = parser.parse_args(arguments)
    clips = [file for file in files("real") if not given.only or file.name in given.only]
    if not clips:
        raise SystemExit("no clips: put the shared media beside the repository")
    way = THROUGH_TRITON if given.through_triton else IN_PROCESS
    kept, page = given.kept or KEPT[way], given.page or PAGES[way]
    if given.anew:
        shutil.rmtree(kept, ignore_errors=True)
    profile = TomlProfiles().named(PROFILE)
    with serving(way) as served:
        found = walk(clips, profile=profile, folder=kept, served=served, at_once=given.at_once)
    # Of all that is kept the largest by far, and nobody looks at it.
    shutil.rmtree(kept / "frames", ignore_errors=True)
    page.write_text(corpus_page(found, profile=PROFILE, served=way), encoding="utf-8")
    print(f"{page}: {dict(Counter(one.code for one in found))}")  # noqa: T201


if __name__ == "__main__":
    main()
