"""Fields that are attributes of their objects, answered by a plan made once for all the objects.

graphql-core completes each field of each object by itself: some 20 microseconds, a thousand times
for a page of a hundred runs by ten fields. What is only read and written out needs none of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLObjectType,
    Undefined,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from entrypoints.graphql.context import Context

_DEFINITION = "strawberry-definition"
_AS_THEY_ARE: Mapping[str, type] = {"String": str, "ID": str, "Boolean": bool}

Answer = dict[str, Any]
Write = Callable[[Any], Any]
"""What stands for a value in the answer; raises NotPlain where graphql-core has to look at it."""


class NotPlain(Exception):
    """A value is not what its type promises at first sight: graphql-core finds out what to say."""


class PlainFields(StrawberryGraphQLCoreExecutionContext):
    """Answers plain fields by plan, and leaves all others, and every doubt, to graphql-core.

    Plain is a field without resolver, extension and argument, whose value is written out as it is,
    an object of the very class of its type, or a list of such. No such field has an effect, so an
    object that raises a doubt is completed again from its beginning.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._plans: dict[int, tuple[Any, dict[str, tuple[str, Write]]]] = {}
        self._is_of_event = False

    def build_per_event_executor(self, payload: Any) -> Any:
        """One event's own: what was collected for the last one is never looked at again."""
        made: Any = super().build_per_event_executor(payload)
        made._plans, made._relevant_sub_fields, made._is_of_event = {}, {}, True  # noqa: SLF001
        return made

    def execute_operation(self, *given: Any, **named: Any) -> Any:
        """Of an event that many hear: once for all whose question, rights and language are one."""
        context = self.context_value
        if not self._is_of_event or not isinstance(context, Context) or context.known is None:
            return super().execute_operation(*given, **named)
        key = (
            self.operation,
            tuple(self.fragment_definitions.values()),
            repr(self.variable_values.coerced),
            context.known.user,
            context.known.scopes,
            context.language,
        )
        asked = super().execute_operation
        return context.answers(self.root_value, key, lambda: asked(*given, **named))

    def execute_fields(
        self, parent_type: Any, source_value: Any, path: Any, grouped_field_set: Any, *others: Any
    ) -> Any:
        plan = self._plan(parent_type, grouped_field_set)
        if not plan:
            return super().execute_fields(
                parent_type, source_value, path, grouped_field_set, *others
            )
        left = {name: found for name, found in grouped_field_set.items() if name not in plan}
        try:
            plain = _written(plan, source_value)
        except Exception:  # noqa: BLE001 - whatever it is, graphql-core says it where it belongs
            plain, left = {}, grouped_field_set
        if not left:
            return plain
        rest: Any = super().execute_fields(parent_type, source_value, path, left, *others)
        if not plain:
            return rest
        order = list(grouped_field_set)
        if self.is_awaitable(rest):
            return _together_later(order, plain, rest)
        return _together(order, plain, rest)

    def _plan(self, parent: GraphQLObjectType, fields: Any) -> dict[str, tuple[str, Write]]:
        """How each plain field is read and written; kept with what it is for, which it is kept by.

        An object's fields are collected once a type and place of the document, so lists share it.
        """
        kept = self._plans.get(id(fields))
        if kept is not None and kept[0] is fields:
            return kept[1]
        plan = {}
        for name, details in fields.items():
            way = self._way(parent, details)
            if way is not None:
                plan[name] = way
        self._plans[id(fields)] = (fields, plan)
        return plan

    def _way(self, parent: GraphQLObjectType, details: Any) -> tuple[str, Write] | None:
        name = details[0].node.name.value
        field = parent.fields.get(name)
        if field is None or not getattr(field.resolve, "_is_default", False) or field.args:
            return None
        write = self._write(field, field.type, details)
        return None if write is None else (field.extensions[_DEFINITION].python_name, write)

    def _write(self, field: GraphQLField, kind: Any, details: Any) -> Write | None:
        if is_non_null_type(kind):
            inner = self._write(field, kind.of_type, details)
            return None if inner is None else _required(inner)
        if is_leaf_type(kind):
            return _leaf(kind)
        if is_list_type(kind):
            each = self._write(field, kind.of_type, details)
            return None if each is None else _list(each)
        return self._object(kind, details) if is_object_type(kind) else None

    def _object(self, kind: GraphQLObjectType, details: Any) -> Write | None:
        """Only where all that is asked of the object is plain."""
        fields, deferred, _ = self.collect_subfields(kind, details)
        plan = self._plan(kind, fields)
        if deferred or len(plan) != len(fields):
            return None
        expected = kind.extensions[_DEFINITION].origin

        def write(value: Any) -> Any:
            if value is None:
                return None
            if type(value) is not expected:
                raise NotPlain
            return _written(plan, value)

        return write


def _written(plan: Mapping[str, tuple[str, Write]], source: Any) -> Answer:
    return {name: write(getattr(source, attribute)) for name, (attribute, write) in plan.items()}


def _together(order: Sequence[str], plain: Answer, rest: Answer) -> Answer:
    """Both parts as one answer, in the order of the document."""
    both = plain | rest
    return {name: both[name] for name in order if name in both}


async def _together_later(order: Sequence[str], plain: Answer, rest: Any) -> Answer:
    return _together(order, plain, await rest)


def _required(inner: Write) -> Write:
    def write(value: Any) -> Any:
        written = inner(value)
        if written is None:
            raise NotPlain
        return written

    return write


def _list(each: Write) -> Write:
    def write(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is not list and type(value) is not tuple:
            raise NotPlain
        return [each(item) for item in value]

    return write


def _leaf(kind: Any) -> Write:
    """A scalar or a member of an enum; those that JSON knows are written as they are."""
    as_it_is, coerce = _AS_THEY_ARE.get(kind.name), kind.coerce_output_value
    members: dict[Any, Any] = {}
    is_enum = isinstance(kind, GraphQLEnumType)

    def write(value: Any) -> Any:
        if value is None or type(value) is as_it_is:
            return value
        if is_enum and value in members:
            return members[value]
        if isinstance(value, Exception) or hasattr(value, "__await__"):
            raise NotPlain
        written = coerce(value)
        if written is None or written is Undefined:
            raise NotPlain
        if is_enum:
            members[value] = written
        return written

    return write
