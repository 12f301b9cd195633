"""Black bars: edges of the picture that stay black while the rest does not."""

import cv2
import numpy as np
from numpy.typing import NDArray

MEAN_MAX = 20.0
"""Rows and columns of a bar are this dark on average, also where coding has smeared them."""

LIT_MEAN_MIN = 40.0
"""What lies between bars is at least this bright somewhere, or it is night and not a bar."""

SHARE_MAX = 0.45

UNEVEN_MAX = 0.1
"""Bars stand on both sides alike; one dark edge alone is part of the picture."""


class BarSeeker:
    """Keeps the brightest that each row and column has been, frame after frame."""

    def __init__(self, width_px: int, height_px: int) -> None:
        self.rows = np.zeros(height_px)
        self.columns = np.zeros(width_px)

    def see(self, luma: NDArray[np.uint8]) -> None:
        rows = cv2.reduce(luma, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        columns = cv2.reduce(luma, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
        self.rows = np.maximum(self.rows, rows.ravel())
        self.columns = np.maximum(self.columns, columns.ravel())


def bars(brightest: NDArray[np.float64]) -> tuple[float, float]:
    """Shares of the length that are bar at its beginning and at its end; 0 where there is none."""
    lit = np.flatnonzero(brightest >= MEAN_MAX)
    if not lit.size or brightest.max() < LIT_MEAN_MIN:
        return 0.0, 0.0
    first, last = int(lit[0]), len(brightest) - 1 - int(lit[-1])
    shares = first / len(brightest), last / len(brightest)
    uneven = abs(shares[0] - shares[1])
    return (0.0, 0.0) if max(shares) > SHARE_MAX or uneven > UNEVEN_MAX else shares
