"""Estimates and starts in an installation behind its door."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from adapters.memory.video_files import MadeVideo
from domain.bill import BillLine
from domain.credits import Credits
from domain.errors import DomainError, EstimateExpired
from domain.identity import RunId
from domain.video import YoutubeLink
from tests.features import answers, documents
from tests.features.outside_runs import OutsideRuns
from tests.features.outside_videos import OutsideVideos
from tests.features.real_clips import content_of
from tests.features.seen import Foreseen, SeenRun


class OutsideStarts(OutsideRuns, OutsideVideos):
    """Those members of the protocol `Driver`."""

    def video_named_by(self, link: str) -> str:
        return str(self.added(link, title=None)["videoId"])

    def foreseen(self, run_id: RunId) -> Mapping[str, Credits]:
        """As a person is told before every start: what was asked for last, at the prices of now.

        The file was deleted when its run ended, so it is sent again.
        """
        chosen = list(self.run(run_id).components)
        sent = self.uploaded(self._last_content, title="A title")
        told = self.estimated(sent["id"], *chosen)
        return {line.name: line.most for line in told.lines}

    def estimate(self, video: MadeVideo, *names: str) -> Foreseen:
        sent = self.uploaded(content_of(video), title="A title")
        return self.estimated(sent["id"], *names)

    def tick_off(self, estimate: Foreseen, *names: str) -> Foreseen:
        del estimate
        before = self.at.probed
        found = self.estimated(self._last_video, *names)
        assert self.at.probed == before
        return found

    def still_holds(self, estimate: Foreseen) -> bool:
        try:
            self.started(self._last_video, answers.measuring(estimate), estimate=estimate)
        except EstimateExpired:
            return False
        return True

    def charged_by(self, estimates: Sequence[Foreseen], name: str) -> Sequence[Credits]:
        """A run by each of them is carried out."""
        runs = [
            self.started(self._last_video, answers.measuring(estimate), estimate=estimate)
            for estimate in estimates
        ]
        self.carry_out(runs[-1].id)
        return [self._line(run.id, name).charged for run in runs]

    def _line(self, run_id: RunId, name: str) -> BillLine:
        bill = self.bill(run_id)
        assert bill is not None
        return next(line for line in bill.lines if line.component == name)

    def submit(
        self,
        video: MadeVideo,
        *names: str,
        title: str | None = "A title",
        required: str = "",
        key: str = "",
        estimate: Foreseen | None = None,
    ) -> SeenRun:
        sent = self.uploaded(content_of(video), title=title)
        chosen = answers.chosen(names, required=required)
        return self.started(sent["id"], chosen, key=key, estimate=estimate)

    def submit_at_once(self, video: MadeVideo, *names: str) -> Sequence[SeenRun | Exception]:
        sent, by = self.uploaded(content_of(video), title="A title"), self.person
        asked = {"video": sent["id"], "components": answers.chosen(names), "anew": True}

        def start(key: str) -> SeenRun | Exception:
            try:
                told = self.answer(documents.START_RUN, by=by, key=key, **asked)
            except DomainError as refusal:
                return refusal
            return answers.seen_run(told)

        with ThreadPoolExecutor(2) as devices:
            told = list(devices.map(start, ("one", "other")))
        return sorted(told, key=lambda one: isinstance(one, Exception))

    def started(
        self,
        video: str,
        components: Sequence[Mapping[str, Any]],
        *,
        key: str = "",
        estimate: Foreseen | None = None,
        is_anew: bool = True,
    ) -> SeenRun:
        told = self.answer(
            documents.START_RUN,
            video=video,
            components=components,
            key=key or str(uuid4()),
            estimate=None if estimate is None else estimate.id,
            anew=is_anew,
        )
        return answers.seen_run(told)

    def submit_link(self, link: YoutubeLink, *names: str, title: str | None) -> SeenRun:
        video = self.add_link(link.url, title=title)
        self.look(video)
        return self.started(video.id, answers.chosen(names), is_anew=False)

    def estimated(self, video: str, *names: str, is_anew: bool = True) -> Foreseen:
        told = self.answer(
            documents.ESTIMATE, video=video, components=answers.chosen(names), anew=is_anew
        )
        return answers.foreseen(told)
