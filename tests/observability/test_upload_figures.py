"""What sweeping uploads frees is counted (hardening 28)."""

from application.use_cases.sweep_uploads import Swept
from entrypoints.observability.figures import Counts


def test_uploads_and_bytes_that_were_swept_are_counted() -> None:
    counts = Counts()
    counts.swept(Swept(2, 300))
    counts.swept(Swept())
    counts.swept(Swept(1, 5))
    figures = counts.registry
    assert figures.get_sample_value("swept_uploads_total") == 3
    assert figures.get_sample_value("swept_upload_bytes_total") == 305
