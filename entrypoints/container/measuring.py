"""What measures: models, their servers, and the child process that asks them."""

from dependency_injector import containers, providers

from adapters.process.analyst import ProcessAnalyst
from adapters.system.memory_meter import ProcMemoryMeter
from application.local_analyst import LocalAnalyst
from application.promised_models import PromisedModels
from application.routed_inference import RoutedInference
from application.use_cases.measure_component import MeasureComponent
from application.use_cases.segment_video import SegmentVideo
from entrypoints.container.ground import Ground
from entrypoints.container.late import late
from entrypoints.container.media import Media
from entrypoints.container.storage import Storage
from entrypoints.inference import LateInference


class Measuring(containers.DeclarativeContainer):
    segment_video = providers.Factory(
        SegmentVideo,
        probe=Media.probe,
        decoder=Media.decoder,
        repair=Media.repair,
        segments=Storage.segments,
        components=Ground.shipped,
    )
    model_repository = providers.Singleton(
        late("adapters.model_repository.repository", "FolderModelRepository"),
        Ground.settings.provided.models_dir,
    )
    model_versions = providers.Callable(late("adapters.model_repository.manifest", "versions"))
    triton = providers.Singleton(
        late("adapters.triton.client", "TritonClients"),
        Ground.settings.provided.serving.address,
        is_secure=Ground.settings.provided.serving.is_secure,
    )
    serving = providers.Selector(
        Ground.settings.provided.serving.kind,
        onnx=providers.Singleton(
            late("adapters.onnx.inference", "OnnxInference"),
            Ground.settings.provided.models_dir,
            model_versions,
        ),
        triton=providers.Singleton(
            late("adapters.triton.inference", "TritonInference"),
            triton,
            model_versions,
            Ground.retrying,
        ),
    )
    placed_models = providers.Factory(
        late("adapters.model_repository.placed", "FolderPlacedModels"),
        Ground.settings.provided.models_dir,
    )
    speech = providers.Singleton(
        late("adapters.ctranslate2.inference", "WhisperInference"),
        providers.Singleton(placed_models, "ctranslate2", model_versions),
    )
    printed_words = providers.Singleton(
        late("adapters.tesseract.inference", "TesseractInference"),
        providers.Singleton(placed_models, "tesseract", model_versions),
    )
    routed = providers.Singleton(
        RoutedInference,
        others=providers.Singleton(
            RoutedInference,
            others=serving,
            apart=providers.Singleton(LateInference, speech.provider),
            names=providers.Callable(
                late("adapters.model_repository.manifest", "models_of"), "ctranslate2"
            ),
        ),
        apart=providers.Singleton(LateInference, printed_words.provider),
        names=providers.Callable(
            late("adapters.model_repository.manifest", "models_of"), "tesseract"
        ),
    )
    promised = providers.Singleton(PromisedModels, routed, Ground.weights)
    inference = providers.Singleton(LateInference, promised.provider)
    measure_component = providers.Factory(
        MeasureComponent,
        segments=Storage.segments,
        components=Ground.shipped,
        memory=providers.Singleton(ProcMemoryMeter),
        inference=inference,
    )
    local_analyst = providers.Factory(
        LocalAnalyst, segment_video, measure_component, Storage.segments
    )
    analyst = providers.Singleton(
        ProcessAnalyst,
        "entrypoints.analyst:build",
        providers.List(Ground.settings),
        memory_bytes=Ground.settings.provided.analyst_memory_bytes,
    )
