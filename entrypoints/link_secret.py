"""The secrets that sign links: those of the settings, else one that this installation made."""

import os
import secrets
from pathlib import Path

from domain.signed_link import LinkSigner

_BYTES = 32


def link_signer(given: tuple[str, ...], data_dir: Path) -> LinkSigner:
    """Signs by the given secrets; without any, by the data directory's own, made when missing.

    Several machines behind one address have to be given the same secrets.
    """
    return LinkSigner(given or (_own(data_dir / "link_secret"),))


def _own(file: Path) -> str:
    """The secret of a file that only we can read; of two who make it at once, the first counts."""
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(secrets.token_hex(_BYTES))
        stream.flush()
        os.fsync(stream.fileno())
    try:
        # Not a rename: a secret that is there already signed links that are out.
        os.link(new, file)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    finally:
        new.unlink()
    return file.read_text(encoding="ascii")
