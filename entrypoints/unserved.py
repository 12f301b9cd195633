"""Which components of a profile ask models that are not built where they would be read."""

from application.ports.model_repository import ModelState
from domain.profile import Profile
from entrypoints.session import Session

IN_PROCESS = frozenset({"ctranslate2", "tesseract"})
"""Engines that serve here even where a server serves the rest."""


def models_not_here(session: Session) -> frozenset[str]:
    """The models that this process has to read itself and cannot, those that are off among them.

    What a Triton server serves is its own matter: `doctor` and /health ask it.
    """
    repository = session.container.model_repository()
    is_apart = session.settings.serving.kind == "triton"
    return frozenset(
        entry.name
        for entry in repository.entries
        if not (is_apart and entry.engine not in IN_PROCESS)
        and repository.state(entry.name) is not ModelState.READY
    )


def unserved_components(session: Session, profile: Profile) -> tuple[str, ...]:
    """The components that would end as `model_not_found`, or for want of one that does."""
    catalogue, missing = session.container.catalogue(), models_not_here(session)
    return tuple(
        name
        for name in catalogue.names
        if name in profile.component_names
        and any(missing & set(catalogue[need].models) for need in catalogue.closure([name]))
    )


def warn_of_unserved(session: Session, profile: Profile) -> None:
    """Says on standard error what will not be measured, and what to do."""
    names = unserved_components(session, profile)
    if names:
        said = session.say("models.unserved", count=len(names), names=", ".join(names))
        session.aside.print(said)
