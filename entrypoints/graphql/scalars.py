"""Scalars of the trade: credits as decimal text, values that have no type of their own."""

from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from domain.credits import Credits

CreditAmount = NewType("CreditAmount", str)
JsonText = NewType("JsonText", object)
ByteCount = NewType("ByteCount", int)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise GraphQLError("a whole number is wanted")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise GraphQLError('credits are written as text, "12.50"')
    return value


SCALARS: dict[object, ScalarDefinition] = {
    CreditAmount: strawberry.scalar(
        name="Credits",
        description='Credits (roubles) as decimal text with two places, "12.50"; never a float.',
        serialize=str,
        parse_value=_text,
    ),
    ByteCount: strawberry.scalar(
        name="ByteCount",
        description="A number of bytes; a video has more of them than an Int can count.",
        serialize=int,
        parse_value=_whole,
    ),
    JsonText: strawberry.scalar(
        name="JSON",
        description="Any JSON value; what a component's parameters and an artifact's meta hold.",
        serialize=lambda value: value,
        parse_value=lambda value: value,
    ),
}


def credit_amount(amount: Credits) -> CreditAmount:
    """An amount as the API writes it."""
    return CreditAmount(str(amount))


def signed_amount(kopecks: int) -> CreditAmount:
    """What a posting adds or takes, as the API writes it."""
    sign = "-" if kopecks < 0 else ""
    return CreditAmount(f"{sign}{Credits(abs(kopecks))}")
