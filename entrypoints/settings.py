"""Settings of an installation, read once from the environment and the command line."""

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path

from application.use_cases.deliver_webhooks import OWED_FOR
from domain.rate_limit import HourlyLimits
from domain.signed_link import SECRET_CHARACTERS_MIN, SECRETS_MAX
from domain.webhook_address import AddressPolicy
from entrypoints.inference import SETTINGS as INFERENCE_SETTINGS
from entrypoints.inference import InvalidInference, Serving
from entrypoints.operation import LogFormat, Operation
from entrypoints.queueing import SETTINGS as QUEUE_SETTINGS
from entrypoints.queueing import InvalidQueue, Queue
from entrypoints.storage import SETTINGS as STORAGE_SETTINGS
from entrypoints.storage import InvalidStorage, Storage
from entrypoints.synchronous import SETTINGS as SYNCHRONOUS_SETTINGS
from entrypoints.synchronous import InvalidSynchronous, Synchronous

PREFIX = "TRENDFLOW_"
KNOWN = (
    STORAGE_SETTINGS
    | INFERENCE_SETTINGS
    | QUEUE_SETTINGS
    | SYNCHRONOUS_SETTINGS
    | {
        "TRENDFLOW_DATA_DIR",
        "TRENDFLOW_DATABASE_URL",
        "TRENDFLOW_DELIVERIES_DAYS",
        "TRENDFLOW_FFMPEG",
        "TRENDFLOW_HEALTH_HOST",
        "TRENDFLOW_ORIGINS",
        "TRENDFLOW_HEALTH_PORT",
        "TRENDFLOW_LINK_SECRET",
        "TRENDFLOW_LIVE_YOUTUBE",
        "TRENDFLOW_LOG_FORMAT",
        "TRENDFLOW_PAYMENT_SECRET",
        "TRENDFLOW_RUNS_PER_HOUR_FREE",
        "TRENDFLOW_RUNS_PER_HOUR_MOST",
        "TRENDFLOW_RUNS_PER_HOUR_PREMIUM",
        "TRENDFLOW_WEBHOOKS",
        "TRENDFLOW_YOUTUBE",
        "TRENDFLOW_YOUTUBE_COOKIES",
        "TRENDFLOW_YOUTUBE_PROXY",
        "TRENDFLOW_YOUTUBE_RETRY_PAUSES_S",
    }
)
PAYMENT_SECRET_CHARACTERS_MIN = 32
_DATABASES = re.compile(r"sqlite:///.+|postgresql(\+psycopg)?://.+", re.DOTALL)
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?", re.ASCII)
_RUNS = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_DAYS = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_PORT = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
PORT_MAX = 65_535
_Word = TypeVar("_Word", bound=StrEnum)
_PROXIES = {"http", "https", "socks4", "socks4a", "socks5", "socks5h"}


class UnknownSetting(Exception):
    """The environment holds a setting of ours that no version knows."""

    code = "unknown_setting"


class InvalidSetting(Exception):
    """A setting has a value that cannot be; it is named, and never repeated: it may be a secret."""

    code = "invalid_setting"


@dataclass(frozen=True, slots=True, kw_only=True)
class YoutubeSettings:
    """How links are fetched; `switch` is `on` or `off`. What may hold a secret is not shown."""

    switch: str = "on"
    proxy: str | None = field(default=None, repr=False)
    cookies: Path | None = field(default=None, repr=False)
    retry_pauses_s: tuple[float, ...] = (5.0, 15.0, 30.0)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "YoutubeSettings":
        """Raises `InvalidSetting` with the name of the variable."""
        given = {name: environment.get(name, "").strip() for name in KNOWN}
        switch = given["TRENDFLOW_YOUTUBE"].lower() or cls().switch
        if switch not in {"on", "off"}:
            raise InvalidSetting("TRENDFLOW_YOUTUBE")
        pauses_s = given["TRENDFLOW_YOUTUBE_RETRY_PAUSES_S"]
        return cls(
            switch=switch,
            proxy=_proxy(given["TRENDFLOW_YOUTUBE_PROXY"]),
            cookies=_cookies(given["TRENDFLOW_YOUTUBE_COOKIES"]),
            retry_pauses_s=_pauses_s(pauses_s) if pauses_s else cls().retry_pauses_s,
        )


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept, and with what means a run may work."""

    data_dir: Path
    database_url: str = field(repr=False)
    analyst_memory_bytes: int = 6 << 30
    youtube: YoutubeSettings = field(default_factory=YoutubeSettings)
    hourly_limits: HourlyLimits = field(default_factory=HourlyLimits)
    payment_secret: str | None = field(default=None, repr=False)
    link_secrets: tuple[str, ...] = field(default=(), repr=False)
    storage: Storage = field(default_factory=Storage)
    queue: Queue = field(default_factory=Queue)
    synchronous: Synchronous = field(default_factory=Synchronous)
    operation: Operation = field(default_factory=Operation)
    serving: Serving = field(default_factory=Serving)

    @property
    def results_dir(self) -> Path:
        return self.data_dir / "result_store"

    @property
    def frames_dir(self) -> Path:
        return self.data_dir / "frames"

    @property
    def models_dir(self) -> Path:
        return self.serving.folder

    @property
    def work_dir(self) -> Path:
        return self.data_dir / "work"

    @property
    def uploads_dir(self) -> Path:
        # Beside what a run had staged for itself, which the sweep of workspaces looks after.
        return self.data_dir / "uploads" / "staged"

    @classmethod
    def read(cls, environment: Mapping[str, str], *, data_dir: Path | None = None) -> "Settings":
        """Settings from the environment; `data_dir` goes before it. Unknown names are refused."""
        for name in environment:
            if name.startswith(PREFIX) and name not in KNOWN:
                raise UnknownSetting(name)
        folder = data_dir or Path(
            environment.get("TRENDFLOW_DATA_DIR") or user_data_path("trendflow", appauthor=False)
        )
        folder = folder.expanduser().absolute()
        url = environment.get("TRENDFLOW_DATABASE_URL") or f"sqlite:///{folder / 'trendflow.db'}"
        if not _DATABASES.fullmatch(url):
            raise InvalidSetting("TRENDFLOW_DATABASE_URL")
        return cls(
            folder,
            url,
            youtube=YoutubeSettings.read(environment),
            hourly_limits=_hourly_limits(environment),
            payment_secret=_payment_secret(environment.get("TRENDFLOW_PAYMENT_SECRET", "")),
            storage=_storage(environment),
            queue=_queue(environment),
            synchronous=_synchronous(environment),
            link_secrets=_link_secrets(environment.get("TRENDFLOW_LINK_SECRET", "")),
            operation=_operation(environment),
            serving=_serving(environment),
        )

    @classmethod
    def here(cls, *, data_dir: Path | None = None) -> "Settings":
        """The settings of this process."""
        return cls.read(os.environ, data_dir=data_dir)


def _hourly_limits(environment: Mapping[str, str]) -> HourlyLimits:
    """R-607: the limits of the plans are configuration."""
    usual = HourlyLimits()

    def runs(name: str, otherwise: int) -> int:
        given = environment.get(f"TRENDFLOW_RUNS_PER_HOUR_{name}", "").strip()
        if not given:
            return otherwise
        if not _RUNS.fullmatch(given):
            raise InvalidSetting(f"TRENDFLOW_RUNS_PER_HOUR_{name}")
        return int(given)

    plans = {plan: runs(plan.upper(), limit) for plan, limit in usual.by_plan.items()}
    return HourlyLimits(plans, ceiling=runs("MOST", usual.ceiling))


def _operation(environment: Mapping[str, str]) -> Operation:
    """R-903: how the installation is watched."""
    usual = Operation()
    port = environment.get("TRENDFLOW_HEALTH_PORT", "").strip()
    if port and not (_PORT.fullmatch(port) and int(port) <= PORT_MAX):
        raise InvalidSetting("TRENDFLOW_HEALTH_PORT")
    host = environment.get("TRENDFLOW_HEALTH_HOST", "").strip()
    return Operation(
        log_format=_word(environment, "TRENDFLOW_LOG_FORMAT", usual.log_format, LogFormat),
        health_host=host or usual.health_host,
        health_port=int(port) if port else None,
        webhooks=_word(environment, "TRENDFLOW_WEBHOOKS", usual.webhooks, AddressPolicy),
        deliveries_kept=_deliveries_kept(environment) or usual.deliveries_kept,
        origins=_origins(environment.get("TRENDFLOW_ORIGINS", "")),
    )


def _deliveries_kept(environment: Mapping[str, str]) -> timedelta | None:
    """Never so short that the end of a run, which is owed for days, would be told anew."""
    days = environment.get("TRENDFLOW_DELIVERIES_DAYS", "").strip()
    if not days:
        return None
    if not _DAYS.fullmatch(days) or timedelta(days=int(days)) <= OWED_FOR:
        raise InvalidSetting("TRENDFLOW_DELIVERIES_DAYS")
    return timedelta(days=int(days))


def _origins(given: str) -> tuple[str, ...]:
    """Scheme, host and port each (RFC 6454); never everybody."""
    found = tuple(origin.strip() for origin in given.split(",")) if given.strip() else ()
    if not all(_ORIGIN.fullmatch(origin) for origin in found):
        raise InvalidSetting("TRENDFLOW_ORIGINS")
    return found


def _word(environment: Mapping[str, str], name: str, usual: _Word, words: type[_Word]) -> _Word:
    given = environment.get(name, "").strip().lower()
    try:
        return words(given) if given else usual
    except ValueError:
        raise InvalidSetting(name) from None


def _payment_secret(given: str) -> str | None:
    """R-608: what the payment provider signs with. A short one could be guessed."""
    if not given:
        return None
    if len(given) < PAYMENT_SECRET_CHARACTERS_MIN:
        raise InvalidSetting("TRENDFLOW_PAYMENT_SECRET")
    return given


def _queue(environment: Mapping[str, str]) -> Queue:
    try:
        return Queue.read(environment)
    except InvalidQueue as error:
        raise InvalidSetting(str(error)) from None


def _synchronous(environment: Mapping[str, str]) -> Synchronous:
    try:
        return Synchronous.read(environment)
    except InvalidSynchronous as error:
        raise InvalidSetting(str(error)) from None


def _serving(environment: Mapping[str, str]) -> Serving:
    try:
        return Serving.read(environment)
    except InvalidInference as error:
        raise InvalidSetting(str(error)) from None


def _storage(environment: Mapping[str, str]) -> Storage:
    try:
        return Storage.read(environment)
    except InvalidStorage as error:
        raise InvalidSetting(str(error)) from None


def _link_secrets(given: str) -> tuple[str, ...]:
    """What signs links, the newest first; while links of an older one are out, both are given."""
    found = tuple(secret.strip() for secret in given.split(",")) if given.strip() else ()
    if len(found) > SECRETS_MAX or any(len(one) < SECRET_CHARACTERS_MIN for one in found):
        raise InvalidSetting("TRENDFLOW_LINK_SECRET")
    return found


def _proxy(given: str) -> str | None:
    if not given:
        return None
    try:
        parts = urlsplit(given)
        fits = parts.scheme in _PROXIES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise InvalidSetting("TRENDFLOW_YOUTUBE_PROXY")
    return given


def _cookies(given: str) -> Path | None:
    if not given:
        return None
    file = Path(given).expanduser().absolute()
    if not (file.is_file() and os.access(file, os.R_OK)):
        raise InvalidSetting("TRENDFLOW_YOUTUBE_COOKIES")
    return file


def _pauses_s(given: str) -> tuple[float, ...]:
    try:
        pauses_s = tuple(float(one) for one in given.split(","))
    except ValueError:
        pauses_s = (math.nan,)
    if not all(0 <= pause_s < math.inf for pause_s in pauses_s):
        raise InvalidSetting("TRENDFLOW_YOUTUBE_RETRY_PAUSES_S")
    return pauses_s
