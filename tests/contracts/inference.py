"""What every adapter of the port `Inference` keeps to."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from application.ports.inference import Inference, ModelInputRefused, ModelNotFound

DOUBLING, BATCH_MAX = "doubling", 4
"""`x` float32 (n, 3) to `y` float32 (n, 3), twice as much; up to four items a call."""
SUMMING = "summing"
"""`x` uint8 (n, any length) to `total` float32 (n,), the sum of each; one item a call."""


def _items(count: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.arange(3 * count, dtype=np.float32).reshape(count, 3)


class InferenceContract:
    """A subclass gives the fixture `inference`, which serves the two models above."""

    @pytest.mark.parametrize("count", [1, BATCH_MAX, BATCH_MAX + 1, 5 * BATCH_MAX + 3])
    def test_any_number_of_items_is_answered_in_order(
        self, inference: Inference, count: int
    ) -> None:
        answer = inference.infer(DOUBLING, {"x": _items(count)})
        assert set(answer) == {"y"}
        assert answer["y"].dtype == np.float32
        np.testing.assert_allclose(answer["y"], 2 * _items(count), rtol=1e-6)

    def test_an_item_may_have_any_length_where_the_model_takes_it(
        self, inference: Inference
    ) -> None:
        for length in (1, 7):
            items = np.full((2, length), 3, dtype=np.uint8)
            answer = inference.infer(SUMMING, {"x": items})
            np.testing.assert_allclose(answer["total"], [3 * length] * 2)

    def test_answers_belong_to_whoever_asked(self, inference: Inference) -> None:
        given = _items(2)
        first = inference.infer(DOUBLING, {"x": given})["y"]
        first[:] = 0
        np.testing.assert_allclose(inference.infer(DOUBLING, {"x": given})["y"], 2 * _items(2))

    def test_several_threads_ask_at_once(self, inference: Inference) -> None:
        def ask(number: int) -> float:
            items = np.full((3, 3), number, dtype=np.float32)
            return float(inference.infer(DOUBLING, {"x": items})["y"].mean())

        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(ask, range(32))) == [2.0 * number for number in range(32)]

    def test_a_model_tells_its_name_version_and_weights(self, inference: Inference) -> None:
        model = inference.model(DOUBLING)
        assert (model.name, model.batch_max) == (DOUBLING, BATCH_MAX)
        assert model.version
        assert model.engine
        assert len(model.weights_sha256) == 64

    def test_an_unknown_model_is_refused(self, inference: Inference) -> None:
        with pytest.raises(ModelNotFound):
            inference.model("nobodys")
        with pytest.raises(ModelNotFound):
            inference.infer("nobodys", {"x": _items(1)})

    @pytest.mark.parametrize(
        "inputs",
        [
            pytest.param({"z": _items(1)}, id="another name"),
            pytest.param({}, id="nothing"),
            pytest.param({"x": _items(1), "z": _items(1)}, id="one more"),
            pytest.param({"x": _items(1)[:, :2]}, id="another length"),
            pytest.param({"x": _items(1)[0]}, id="one axis less"),
            pytest.param({"x": _items(1).astype(np.float64)}, id="another type"),
            pytest.param({"x": _items(1).astype(np.complex64)}, id="a type that nobody takes"),
            pytest.param({"x": _items(1)[:0]}, id="no item"),
        ],
    )
    def test_what_the_model_does_not_take_is_refused(
        self,
        inference: Inference,
        inputs: dict[str, np.ndarray[tuple[int, int], np.dtype[np.number]]],
    ) -> None:
        with pytest.raises(ModelInputRefused):
            inference.infer(DOUBLING, inputs)
