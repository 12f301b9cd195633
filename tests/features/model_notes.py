"""Made models in a worker's child process: what they were asked, and what a test asks of them."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from adapters.memory.inference import MadeModel, MemoryInference
from tests.features.served_components import Arrays


@dataclass(frozen=True, slots=True)
class Notes:
    """What a worker's child leaves for a test to read, and what the test leaves for it."""

    data_dir: Path

    @property
    def calls(self) -> list[str]:
        """A line for each call of a model: its name and how many items it carried."""
        file = self._folder / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    @property
    def hold(self) -> Path:
        """While it is there, a model answers nobody."""
        return self._folder / "hold"

    @property
    def items_max(self) -> Path:
        """Where it is there, so many items at once are all that the memory holds."""
        return self._folder / "items_max"

    def noted(self, models: MemoryInference) -> MemoryInference:
        """The same models, each heeding what is left for it."""
        return MemoryInference({name: self._heeding(one) for name, one in models.models.items()})

    def _heeding(self, model: MadeModel) -> MadeModel:
        def compute(inputs: Arrays) -> Arrays:
            count = len(inputs["x"])
            self._note(f"{model.served.name} {count}")
            while self.hold.exists():
                time.sleep(0.02)
            if self.items_max.exists() and count > int(self.items_max.read_text(encoding="utf-8")):
                raise MemoryError
            return model.compute(inputs)

        return replace(model, compute=compute)

    def _note(self, call: str) -> None:
        with (self._folder / "calls").open("a", encoding="utf-8") as file:
            file.write(call + "\n")

    @property
    def _folder(self) -> Path:
        folder = self.data_dir / "models-asked"
        folder.mkdir(parents=True, exist_ok=True)
        return folder
