"""How each model's ONNX graph is made from the files of its package, by the recipe's name."""

from collections.abc import Callable, Mapping
from pathlib import Path

from onnx import ModelProto

from adapters.model_repository import (
    recipes_events,
    recipes_faces,
    recipes_language,
    recipes_lite,
    recipes_names,
    recipes_pictures,
    recipes_shots,
    recipes_sound,
    recipes_text,
)

Recipe = Callable[[Mapping[str, Path]], ModelProto]

RECIPES: Mapping[str, Recipe] = {
    "blazeface": recipes_faces.blazeface,
    "centernet": recipes_faces.centernet,
    "dnsmos": recipes_sound.dnsmos,
    "efficientnet_lite0": recipes_lite.efficientnet_lite0,
    "emotion": recipes_faces.emotion,
    "facemesh": recipes_faces.facemesh,
    "firered_aed": recipes_events.firered_aed,
    "ge2e": recipes_sound.ge2e,
    "lid_176": recipes_language.lid_176,
    "movenet": recipes_faces.movenet,
    "open_nsfw": recipes_pictures.open_nsfw,
    "ppocr_detector": recipes_pictures.ppocr_detector,
    "ppocr_reader": recipes_pictures.ppocr_reader,
    "silero": recipes_sound.silero,
    "slovnet_ner": recipes_names.slovnet_ner,
    "transnet_v2": recipes_shots.transnet_v2,
    "use_multilingual": recipes_text.use_multilingual,
    "use_pieces": recipes_text.use_pieces,
}
