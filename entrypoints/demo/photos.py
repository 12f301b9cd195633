"""Photographs that ship inside scikit-image's wheel: free to use, and never downloaded.

`astronaut.png` (NASA, public domain), `coffee.png` (Rachel Michetti, CC0), `hubble_deep_field.jpg`
(NASA and ESA, public domain). Read as files, for `skimage.data` would fetch what it does not find.
"""

from importlib.resources import as_file, files

import numpy as np
import skimage
from numpy.typing import NDArray
from PIL import Image

Picture = NDArray[np.uint8]


def photo(name: str) -> Picture:
    """Return a photograph, RGB, shape (height, width, 3)."""
    with as_file(files(skimage) / "data" / name) as path, Image.open(path) as image:
        return np.asarray(image.convert("RGB"))
