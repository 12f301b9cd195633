"""States: how a component or a run ended, in words that a creator understands."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.html import plain
from adapters.html.language import Texts
from application.origins import is_for_menders
from domain.canonical import JsonValue
from domain.component import ComponentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A status, what it means here, and for failures the code, the place and the sentence.

    `origin` is for whoever mends our code, and stays folded. `root` names the component that
    failed first, when another one did.
    """

    status: str
    name: str
    says: str
    code: str = ""
    origin: str = ""
    where: str = ""
    message: str = ""
    root: str = ""
    root_name: str = ""


def state(texts: Texts, entry: Mapping[str, JsonValue], labels: Mapping[str, str]) -> State:
    """The state of a component from its manifest entry; `labels` name the components."""
    status = ComponentStatus(plain.text(entry["status"]))
    name = texts(f"status.{status}")
    if status is ComponentStatus.EMPTY:
        reason = plain.text(entry["empty_reason"])
        return State(status=status, name=name, says=texts(f"empty.{reason}"), code=reason)
    if status in {ComponentStatus.ERROR, ComponentStatus.BLOCKED}:
        return failed(texts, plain.mapping(entry["error"]), labels, status=status)
    return State(status=status, name=name, says=texts(f"says.{status}"))


def failed(
    texts: Texts,
    failure: Mapping[str, JsonValue],
    labels: Mapping[str, str],
    *,
    status: str,
) -> State:
    """A failure in words: ours where the code is known, and always what was written down."""
    message = plain.text(failure["message"])
    is_internal = is_for_menders(message)
    code, root = plain.text(failure["code"]), plain.text(failure["root"])
    root_name = labels.get(root, root)
    says = texts.known("error", code) or texts("says.error")
    if status == ComponentStatus.BLOCKED:
        says = texts("says.blocked", root=root_name)
    return State(
        status=status,
        name=texts(f"status.{status}"),
        says=says,
        code=code,
        where=plain.text(failure["where"]),
        message="" if is_internal else message,
        origin=message if is_internal else "",
        root=root,
        root_name=root_name,
    )
