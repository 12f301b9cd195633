"""The price list: what a second of each component costs, and when that was so (R-602)."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from domain.credits import Credits
from domain.errors import InvalidPrice
from domain.video_size import VideoSize

FIGURE_MAX = 1_000_000
DECIMALS_MAX = 9
_FIGURE = re.compile(rf"[0-9]{{1,7}}(\.[0-9]{{1,{DECIMALS_MAX}}})?")
_KOPECKS = 100
_MICROSECONDS = 1_000_000
_SECONDS_A_MINUTE = 60

Steps = tuple[tuple[int, Decimal], ...]
"""Factors by size: `(up to and with, factor)`, rising; what is larger has the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentPrice:
    """The price of one component in roubles; rates are roubles a second.

    `resolution_factors` go by the short side in pixels, `duration_factors` by minutes; no steps are
    a factor of one. `empty_price` is what an empty result costs, the base alone where it is None;
    `reused_price` what a result costs that was there already. Raises InvalidPrice.
    """

    base: Decimal = Decimal(0)
    cpu_rate: Decimal = Decimal(0)
    gpu_rate: Decimal = Decimal(0)
    resolution_factors: Steps = ()
    duration_factors: Steps = ()
    markup_percent: Decimal = Decimal(0)
    empty_price: Decimal | None = None
    reused_price: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        check_figure("base", self.base)
        check_figure("cpu_rate", self.cpu_rate)
        check_figure("gpu_rate", self.gpu_rate)
        check_figure("markup_percent", self.markup_percent)
        check_figure("reused_price", self.reused_price)
        check_figure("empty_price", self.base if self.empty_price is None else self.empty_price)
        _check_steps("resolution_factors", self.resolution_factors)
        _check_steps("duration_factors", self.duration_factors)

    @property
    def of_empty(self) -> Credits:
        """What an empty result costs (R-604)."""
        return _rounded_up(Fraction(self.base if self.empty_price is None else self.empty_price))

    @property
    def of_reused(self) -> Credits:
        """What a result costs that was there already."""
        return _rounded_up(Fraction(self.reused_price))


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices in force at one moment; `version` is the number of the newest change in them."""

    version: int
    valid_from: datetime
    prices: Mapping[str, ComponentPrice] = field(default_factory=dict)

    def __getitem__(self, name: str) -> ComponentPrice:
        """The price of a component; KeyError where it has none."""
        return self.prices[name]


def price(
    component: ComponentPrice, *, seconds: float, gpu_seconds: float, size: VideoSize
) -> Credits:
    """What one component costs: `(base + seconds × rates) × factors × (1 + markup)`.

    The seconds are taken in whole microseconds, so that a bill can be checked by hand; from there
    on the arithmetic is exact, and the one rounding is here: up, to a whole kopeck, once a line.
    """
    roubles = Fraction(component.base)
    roubles += _exact(seconds) * Fraction(component.cpu_rate)
    roubles += _exact(gpu_seconds) * Fraction(component.gpu_rate)
    roubles *= _factor(component.resolution_factors, Fraction(size.short_side_px))
    roubles *= _factor(component.duration_factors, _exact(size.duration_s) / _SECONDS_A_MINUTE)
    return _rounded_up(roubles * (1 + Fraction(component.markup_percent) / 100))


def figure(name: str, text: str) -> Decimal:
    """A figure of a price as a person writes it: `500`, `0.5`, `0.000278`; else InvalidPrice."""
    if not _FIGURE.fullmatch(text):
        raise InvalidPrice(
            f"{name} is written like 0.5, with at most {DECIMALS_MAX} decimals", figure=name
        )
    return check_figure(name, Decimal(text))


def check_figure(name: str, value: Decimal) -> Decimal:
    """The figure itself when it can stand in a price list, else InvalidPrice."""
    if not value.is_finite() or not 0 <= value <= FIGURE_MAX:
        raise InvalidPrice(f"{name} is from 0 to {FIGURE_MAX}", figure=name)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > DECIMALS_MAX:
        raise InvalidPrice(f"{name} has at most {DECIMALS_MAX} decimals", figure=name)
    return value


def _check_steps(name: str, steps: Steps) -> None:
    ends = [up_to for up_to, _ in steps]
    if ends != sorted(set(ends)) or any(end <= 0 for end in ends):
        raise InvalidPrice(f"{name} rise from above 0", figure=name)
    for _, factor in steps:
        if check_figure(name, factor) == 0:
            raise InvalidPrice(f"{name} are above 0", figure=name)


def _factor(steps: Steps, amount: Fraction) -> Fraction:
    for up_to, factor in steps:
        if amount <= up_to:
            return Fraction(factor)
    return Fraction(steps[-1][1]) if steps else Fraction(1)


def _exact(seconds: float) -> Fraction:
    return Fraction(round(seconds * _MICROSECONDS), _MICROSECONDS)


def _rounded_up(roubles: Fraction) -> Credits:
    return Credits(math.ceil(roubles * _KOPECKS))
