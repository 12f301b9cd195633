"""Signing up, in and out; API keys; who the caller is and what they have set."""

from datetime import datetime
from typing import Annotated

import strawberry

from application.opened_sessions import Signed
from application.use_cases.create_api_key import CreatedKey
from application.use_cases.update_settings import SettingsChange
from domain.account_settings import AccountSettings, Language
from domain.api_key import ApiKey, ApiKeyId, Scope
from domain.errors import ApiKeyNotFound
from domain.rate_limit import Plan
from domain.user import User
from entrypoints.graphql import ids
from entrypoints.graphql.context import Info, answered, asked
from entrypoints.graphql.node import Node
from entrypoints.graphql.refusal import Refusal
from entrypoints.graphql.users import USER

API_KEY = "ApiKey"

Email = Annotated[str, strawberry.argument(description="E-mail address.")]
WithPassword = Annotated[
    str, strawberry.argument(description="12 to 128 characters; any characters will do.")
]


@strawberry.type(name="ApiKey", description="A key of one of the user's programs.")
class ApiKeyType(Node):
    """What is known of a key; the key itself was told once."""

    key: strawberry.Private[ApiKey]

    @classmethod
    def of(cls, key: ApiKey) -> "ApiKeyType":
        return cls(id=ids.encode(API_KEY, key.id), key=key)

    @strawberry.field(description="What the user calls it.")
    def name(self) -> str:
        return self.key.name

    @strawberry.field(description="What it may do.")
    def scopes(self) -> list[Scope]:
        return sorted(self.key.scopes)

    @strawberry.field(description="When it was made.")
    def created_at(self) -> datetime:
        return self.key.created_at

    @strawberry.field(description="When it was last used, to the hour; null: never.")
    def used_at(self) -> datetime | None:
        return self.key.used_at


@strawberry.type(name="AccountSettings", description="How the user wants things done.")
class SettingsType:
    """Settings of the account."""

    settings: strawberry.Private[AccountSettings]

    @strawberry.field(description="Results younger than this are reused at once; 0: never.")
    def freshness_days(self) -> int:
        return self.settings.freshness_days

    @strawberry.field(description="Language of reviews.")
    def language(self) -> Language:
        return self.settings.language

    @strawberry.field(description="Fewest sentences of a review.")
    def review_sentences_min(self) -> int:
        return self.settings.review_sentences_min

    @strawberry.field(description="Most sentences of a review.")
    def review_sentences_max(self) -> int:
        return self.settings.review_sentences_max


@strawberry.type(description="The caller.")
class Me(Node):
    """Who asks."""

    user: strawberry.Private[User]

    @classmethod
    def of(cls, user: User) -> "Me":
        return cls(id=ids.encode(USER, user.id), user=user)

    @strawberry.field(description="E-mail address.")
    def email(self) -> str:
        return self.user.name

    @strawberry.field(description="Whether they set prices and top up.")
    def is_administrator(self) -> bool:
        return self.user.is_administrator

    @strawberry.field(description="When they signed up.")
    def created_at(self) -> datetime:
        return self.user.created_at

    @strawberry.field(description="The plan in force.")
    async def plan(self, info: Info) -> Plan:
        read = info.context.container.read_account()
        return await asked(lambda: read.plan(self.user.id))

    @strawberry.field(description="What they have set.")
    async def settings(self, info: Info) -> SettingsType:
        read = info.context.container.read_account()
        return SettingsType(settings=await asked(lambda: read.settings(self.user.id)))

    @strawberry.field(description="Keys that work, the oldest first.")
    async def api_keys(self, info: Info) -> list[ApiKeyType]:
        keys = info.context.container.list_api_keys()
        return [ApiKeyType.of(key) for key in await asked(lambda: keys(self.user.id))]


@strawberry.type(name="Signed", description="The user is signed in.")
class SignedType:
    """A session has begun."""

    signed: strawberry.Private[Signed]

    @strawberry.field(description="For `Authorization: Bearer …`. It is told here and never again.")
    def token(self) -> str:
        return self.signed.token.text

    @strawberry.field(description="When it ends, unless it is used before; each use prolongs it.")
    def expires_at(self) -> datetime:
        return self.signed.session.expires_at

    @strawberry.field(description="Who signed in.")
    def me(self) -> Me:
        return Me.of(self.signed.user)


@strawberry.type(description="The session has ended; its token works no longer.")
class SignedOut:
    """Nothing is left of it."""

    is_signed_out: bool = strawberry.field(description="Always true.", default=True)


@strawberry.type(description="A key was made.")
class ApiKeyCreated:
    """The only time that the key is told."""

    created: strawberry.Private[CreatedKey]

    @strawberry.field(description="For `Authorization: Bearer …`. It is told here and never again.")
    def token(self) -> str:
        return self.created.token.text

    @strawberry.field(description="What stays known of it.")
    def api_key(self) -> ApiKeyType:
        return ApiKeyType.of(self.created.key)


@strawberry.type(description="The key works no longer.")
class ApiKeyRevoked:
    """Programs that have it get `unauthenticated` from now on."""

    id: strawberry.ID = strawberry.field(description="Global id that it had.")


@strawberry.input(description="What changes; what is left out stays as it is.")
class SettingsInput:
    """A change of settings."""

    freshness_days: int | None = strawberry.field(
        default=None, description="0 to 365; 0: results are never reused."
    )
    language: Language | None = strawberry.field(default=None, description="Language of reviews.")
    review_sentences_min: int | None = strawberry.field(
        default=None, description="Fewest sentences of a review, 5 to 200."
    )
    review_sentences_max: int | None = strawberry.field(
        default=None, description="Most sentences of a review, at most 200."
    )


SignUpResult = Annotated[SignedType | Refusal, strawberry.union("SignUpResult")]
SignInResult = Annotated[SignedType | Refusal, strawberry.union("SignInResult")]
SignOutResult = Annotated[SignedOut | Refusal, strawberry.union("SignOutResult")]
CreateApiKeyResult = Annotated[ApiKeyCreated | Refusal, strawberry.union("CreateApiKeyResult")]
RevokeApiKeyResult = Annotated[ApiKeyRevoked | Refusal, strawberry.union("RevokeApiKeyResult")]
UpdateSettingsResult = Annotated[SettingsType | Refusal, strawberry.union("UpdateSettingsResult")]


@strawberry.type
class IdentityQueries:
    """The caller."""

    @strawberry.field(description="The caller.")
    async def me(self, info: Info) -> Me:
        return Me.of(info.context.reading())


@strawberry.type
class IdentityMutations:
    """The first two are open to everybody."""

    @strawberry.mutation(description="Become a user, signed in. Needs no token.")
    async def sign_up(self, info: Info, email: Email, password: WithPassword) -> SignUpResult:
        sign_up = info.context.container.sign_up()
        async with info.context.signing:
            return await answered(info, lambda: SignedType(signed=sign_up(email, password)))

    @strawberry.mutation(
        description="Sign in. Needs no token; whatever does not fit is `sign_in_refused`."
    )
    async def sign_in(self, info: Info, email: Email, password: WithPassword) -> SignInResult:
        sign_in = info.context.container.sign_in()
        async with info.context.signing:
            return await answered(info, lambda: SignedType(signed=sign_in(email, password)))

    @strawberry.mutation(description="End the session whose token was shown.")
    async def sign_out(
        self,
        info: Info,
        everywhere: Annotated[
            bool, strawberry.argument(description="End every session of the user's; keys go on.")
        ] = False,
    ) -> SignOutResult:
        caller, sign_out = info.context.caller, info.context.container.sign_out()

        def signed_out() -> SignedOut:
            sign_out(caller, everywhere=everywhere)
            return SignedOut()

        return await answered(info, signed_out)

    @strawberry.mutation(description="Make a key for a program. A key makes no mightier one.")
    async def create_api_key(
        self,
        info: Info,
        name: Annotated[str, strawberry.argument(description="What to call it.")],
        scopes: Annotated[
            list[Scope], strawberry.argument(description="What it may do, at least one.")
        ],
    ) -> CreateApiKeyResult:
        info.context.of_account()
        caller, create = info.context.caller, info.context.container.create_api_key()
        return await answered(
            info, lambda: ApiKeyCreated(created=create(caller, name=name, scopes=scopes))
        )

    @strawberry.mutation(description="Take a key away; it stops working at once.")
    async def revoke_api_key(
        self,
        info: Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Its global id.")],
    ) -> RevokeApiKeyResult:
        info.context.of_account()
        caller, revoke = info.context.caller, info.context.container.revoke_api_key()

        def revoked() -> ApiKeyRevoked:
            revoke(caller, api_key_id_in(id))
            return ApiKeyRevoked(id=id)

        return await answered(info, revoked)

    @strawberry.mutation(description="Change settings of the account.")
    async def update_settings(
        self,
        info: Info,
        settings: Annotated[SettingsInput, strawberry.argument(description="The change.")],
    ) -> UpdateSettingsResult:
        user_id = info.context.of_account().id
        update = info.context.container.update_settings()
        change = SettingsChange(
            freshness_days=settings.freshness_days,
            language=settings.language,
            review_sentences_min=settings.review_sentences_min,
            review_sentences_max=settings.review_sentences_max,
        )
        return await answered(info, lambda: SettingsType(settings=update(user_id, change)))


def api_key_id_in(text: str) -> ApiKeyId:
    """The key that a global id names; raises ApiKeyNotFound for what names none."""
    found = ids.uuid_in(text, kind=API_KEY, otherwise=lambda: ApiKeyNotFound("no such key"))
    return ApiKeyId(found)


async def found_api_key(info: Info, text: str) -> ApiKeyType | None:
    """The caller's key of this global id, or None, also for another user's."""
    user_id, keys = info.context.reading().id, info.context.container.list_api_keys()
    for key in await asked(lambda: keys(user_id)):
        if ids.encode(API_KEY, key.id) == text:
            return ApiKeyType.of(key)
    return None


async def found_me(info: Info, text: str) -> Me | None:
    """The caller, where the global id is theirs."""
    user = info.context.reading()
    return Me.of(user) if ids.encode(USER, user.id) == text else None
