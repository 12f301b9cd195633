"""The streaming pass: each 12 fps frame with its shared views, computed when first asked for."""

from collections import Counter
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.preparation import leap, pictures


class SharedFrame:
    """One frame of the stream (port `StreamFrame`)."""

    def __init__(self, index: int, planes: pictures.Planes, *, stream: "FrameStream") -> None:
        self._index = index
        self._planes = planes
        self._stream = stream

    @property
    def index(self) -> int:
        return self._index

    @cached_property
    def luma(self) -> NDArray[np.uint8]:
        return self._stream.counted("luma", pictures.luma(self._planes))

    @cached_property
    def rgb(self) -> NDArray[np.uint8]:
        return self._stream.counted("rgb", pictures.rgb(self._planes))

    @cached_property
    def hsv(self) -> NDArray[np.uint8]:
        return self._stream.counted("hsv", pictures.hsv(self.rgb))

    @cached_property
    def half_luma(self) -> NDArray[np.uint8]:
        return self._stream.counted("half_luma", pictures.half(self.luma))

    @cached_property
    def half_rgb(self) -> NDArray[np.uint8]:
        return self._stream.counted("half_rgb", pictures.half_rgb(self._planes, self.half_luma))

    @cached_property
    def flow(self) -> NDArray[np.float32] | None:
        return self._stream.flow_to(self)


class FrameStream:
    """Makes the shared frames of one decoding pass, and counts what was computed.

    Optical flow is DIS at its ultrafast preset on half-size luma (Kroeger et al., ECCV 2016),
    fixed to one thread so that results are equal bit for bit. Where the picture leaps further than
    its coarsest scale can see, it starts from where the picture went as a whole (`leap`).
    """

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._previous: SharedFrame | None = None
        self._latest: SharedFrame | None = None
        self.counters: Counter[str] = Counter()

    def frame(self, index: int, planes: pictures.Planes) -> SharedFrame:
        """The next frame, in order. Planes are copied: flow looks back at the frame before."""
        self._previous, self._latest = self._latest, SharedFrame(index, planes.copy(), stream=self)
        return self._latest

    def counted(self, what: str, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        self.counters[what] += 1
        picture.flags.writeable = False
        return picture

    def flow_to(self, frame: SharedFrame) -> NDArray[np.float32] | None:
        previous = self._previous
        if previous is None:
            return None
        self.counters["flow"] += 1
        flow = leap.flow_between(previous.half_luma, frame.half_luma, calculate=self._calculate)
        flow.flags.writeable = False
        return flow

    def _calculate(self, before: NDArray[np.uint8], after: NDArray[np.uint8]) -> leap.Flow:
        field = self._flow.calc(before, after, None)  # type: ignore[call-overload]
        return np.asarray(field, dtype=np.float32)
