"""The page of refusals: every code with its sentence, written from the messages themselves."""

from entrypoints.language import codes, sentence_template

_HEAD = """# Refusals

Written by `make schemas` from the messages; do not edit. `code` is stable; the sentence
says what happened and what to do, here in English, and in Russian for whoever asks so. Words in
braces are told in `fields`.

| code | what it says |
|---|---|
"""


def refusal_page() -> str:
    """Markdown of every code that a person may meet."""
    listed = sorted(code for code in codes("en") if _is_refusal(code))
    rows = (f"| `{code}` | {sentence_template(code, 'en')} |\n" for code in listed)
    return _HEAD + "".join(rows)


def _is_refusal(code: str) -> bool:
    """A message's own code, or a closer one of its reasons; not a word of the command line."""
    section, dot, _ = code.partition(".")
    return not dot or section in codes("en")
