"""The composition root: the only package that names adapters."""

from entrypoints.container.access import Access
from entrypoints.container.credits import Credits
from entrypoints.container.ground import Ground
from entrypoints.container.hooks import Hooks
from entrypoints.container.measuring import Measuring
from entrypoints.container.media import Media
from entrypoints.container.observing import Observing
from entrypoints.container.results import Results
from entrypoints.container.sources import Sources
from entrypoints.container.starting import Starting
from entrypoints.container.storage import Storage
from entrypoints.container.working import Working


class Container(
    Ground,
    Storage,
    Media,
    Measuring,
    Access,
    Hooks,
    Sources,
    Credits,
    Starting,
    Working,
    Results,
    Observing,
):
    """One installation. Singleton is a process, Factory a call, a unit of work a transaction."""
