"""What administrators see of users, and the plans they put them on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from application.queries.read_account import USERS_MAX, AccountOf
from domain.errors import InvalidPage, UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from entrypoints.graphql import ids
from entrypoints.graphql.context import Info, answered
from entrypoints.graphql.node import PageInfo
from entrypoints.graphql.refusal import Refusal

USER = "User"
_PLACE = "UserPlace"


@strawberry.type(name="User", description="A user, as administrators see them.")
class UserType:
    """Who somebody is, not what they have analysed."""

    account: strawberry.Private[AccountOf]

    @strawberry.field(description="Global id.")
    def id(self) -> strawberry.ID:
        return ids.encode(USER, self.account.user.id)

    @strawberry.field(description="E-mail address; `local` is the user of this machine.")
    def email(self) -> str:
        return self.account.user.name

    @strawberry.field(description="Whether they set prices and top up.")
    def is_administrator(self) -> bool:
        return self.account.user.is_administrator

    @strawberry.field(description="When they signed up.")
    def created_at(self) -> datetime:
        return self.account.user.created_at

    @strawberry.field(description="The plan in force.")
    def plan(self) -> Plan:
        return self.account.plan


@strawberry.type(description="One user of a list, and where they stand in it.")
class UserEdge:
    """Relay's edge."""

    node: UserType = strawberry.field(description="The user.")
    cursor: str = strawberry.field(description="Their place, to be given as `after`.")


@strawberry.type(description="A page of users, by e-mail address.")
class UserConnection:
    """Relay's connection."""

    edges: list[UserEdge] = strawberry.field(description="The users of this page.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")


@strawberry.type(description="The plan is in force from now on.")
class PlanSet:
    """Whose, and which."""

    user: strawberry.ID = strawberry.field(description="Global id of the user.")
    plan: Plan = strawberry.field(description="The plan.")


UserPageResult = Annotated[UserConnection | Refusal, strawberry.union("UserPageResult")]
SetPlanResult = Annotated[PlanSet | Refusal, strawberry.union("SetPlanResult")]


@strawberry.type
class UserQueries:
    """For administrators."""

    @strawberry.field(description="All users, by e-mail address. For administrators.")
    async def users(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 100.")] = 20,
        after: Annotated[
            str | None, strawberry.argument(description="The `endCursor` of the page before.")
        ] = None,
    ) -> UserPageResult:
        info.context.administering()
        read = info.context.container.read_account()

        def page() -> UserConnection:
            if not 1 <= first <= USERS_MAX:
                raise InvalidPage(f"a page holds 1 to {USERS_MAX}", most=USERS_MAX)
            # One more than asked for tells whether there is a next page.
            found = read.users(after=_name_in(after), limit=first + 1)
            return _connection(found[:first], has_next=len(found) > first)

        return await answered(info, page)


@strawberry.type
class UserMutations:
    """For administrators."""

    @strawberry.mutation(description="Put a user on a plan from now on. For administrators.")
    async def set_plan(
        self,
        info: Info,
        user: Annotated[strawberry.ID, strawberry.argument(description="Global id of the user.")],
        plan: Annotated[Plan, strawberry.argument(description="The plan.")],
    ) -> SetPlanResult:
        info.context.administering()
        set_plan = info.context.container.set_plan()

        def done() -> PlanSet:
            set_plan(user_id_in(user), plan)
            return PlanSet(user=user, plan=plan)

        return await answered(info, done)


def user_id_in(text: str) -> UserId:
    """The user that a global id names; raises UserNotFound for what names none."""
    return UserId(ids.uuid_in(text, kind=USER, otherwise=lambda: UserNotFound("nobody")))


def _name_in(cursor: str | None) -> str:
    """The name behind which a page begins; raises InvalidPage for what no page gave."""
    if cursor is None:
        return ""
    found = ids.decode(cursor)
    if found is None or found[0] != _PLACE or not found[1].isprintable():
        raise InvalidPage("the cursor is not one of this list")
    return found[1]


def _connection(found: Sequence[AccountOf], *, has_next: bool) -> UserConnection:
    edges = [
        UserEdge(node=UserType(account=one), cursor=ids.encode(_PLACE, one.user.name))
        for one in found
    ]
    end = edges[-1].cursor if edges else None
    return UserConnection(edges=edges, page_info=PageInfo(has_next_page=has_next, end_cursor=end))
