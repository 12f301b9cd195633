"""What every refusal is: a message, the fields that fill it, and a stable code."""


class DomainError(Exception):
    """A rule said no. Safe to show to the person who asked.

    `fields` fill the placeholders of the localised message of `code`; they never hold private text.
    """

    code: str

    def __init__(self, message: str, **fields: str | float) -> None:
        super().__init__(message)
        self.fields = fields
