"""The whole real corpus through `full`, and the page that tells how each component ended.

`make corpus` runs it: `python -m tests.e2e.walk`. Workers with a warm child each take one clip
after the other in one installation, whose results are kept: a walk that was broken off goes on, and
one after a component has come measures that component alone (R-509).
"""

import argparse
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import uuid4

from adapters.toml.profiles import TomlProfiles
from application.use_cases.start_run import Request
from domain.artifact import manifest_path
from domain.errors import DomainError
from domain.ledger import LOCAL_USER
from domain.profile import Profile
from domain.video import Metadata
from entrypoints.container import Container
from entrypoints.session import Session
from entrypoints.settings import Settings
from tests.e2e.corpus import files
from tests.e2e.walk_page import Walked, corpus_page
from tests.outside import MODELS, ROOT

PAGE = ROOT / "docs" / "corpus.md"
KEPT = ROOT / "trendflow-data" / "corpus"
PROFILE = "full"
RUNS_PER_HOUR = "100"

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
def installation(folder: Path) -> Iterator[Container]:
    """An installation with this machine's models, warm until the context ends."""
    limits = {f"TRENDFLOW_RUNS_PER_HOUR_{plan}": RUNS_PER_HOUR for plan in ("FREE", "MOST")}
    environment = limits | {"TRENDFLOW_MODELS_DIR": str(MODELS)}
    container = Session(Settings.read(environment, data_dir=folder), "en").installation
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
    code = ended.failure.code if ended.failure else None
    return Walked(clip.name, code, tuple(components))


def walk(clips: Iterable[Path], *, profile: Profile, folder: Path, at_once: int) -> list[Walked]:
    """Every clip, in the order of names; whoever is free takes the next."""
    waiting: SimpleQueue[Path] = SimpleQueue()
    for clip in clips:
        waiting.put(clip)

    def work(container: Container) -> list[Walked]:
        found = []
        with suppress(Empty):
            while True:
                found.append(walked(container, waiting.get_nowait(), profile=profile))
                print(f"{found[-1].clip}: {found[-1].code or 'ok'}", flush=True)  # noqa: T201
        return found

    with ExitStack() as stack, ThreadPoolExecutor(at_once) as threads:
        workers = [stack.enter_context(installation(folder)) for _ in range(at_once)]
        parts = list(threads.map(work, workers))
    return sorted((one for part in parts for one in part), key=lambda one: one.clip)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", type=Path, default=PAGE, help="where the page is written")
    parser.add_argument("--at-once", type=int, default=2, help="how many clips side by side")
    parser.add_argument("--kept", type=Path, default=KEPT, help="where results are kept")
    parser.add_argument("--anew", action="store_true", help="forget what is kept")
    given = parser.parse_args(arguments)
    clips = files("real")
    if not clips:
        raise SystemExit("no clips: put the shared media beside the repository")
    if given.anew:
        shutil.rmtree(given.kept, ignore_errors=True)
    profile = TomlProfiles().named(PROFILE)
    found = walk(clips, profile=profile, folder=given.kept, at_once=given.at_once)
    # Of all that is kept the largest by far, and nobody looks at it.
    shutil.rmtree(given.kept / "frames", ignore_errors=True)
    given.page.write_text(corpus_page(found, profile=PROFILE), encoding="utf-8")
    print(f"{given.page}: {dict(Counter(one.code for one in found))}")  # noqa: T201


if __name__ == "__main__":
    main()
