"""Models in this process: ONNX Runtime on the processor."""
