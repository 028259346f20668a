"""Texts as values: what is said, with its values, rendered later in the reader's language."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from gettext import NullTranslations
from types import MappingProxyType
from typing import Final

LANGUAGES: Final = ("en", "zh")
"""Languages of window and papers; ``en`` is what the code says."""

Value = object
_UNSAID: MappingProxyType[str, Value] = MappingProxyType({})


class Text:
    """A sentence in English with ``{named}`` places, and the values that go there.

    ``Text("{n} promise is overdue", "{n} promises are overdue", n=3)``: with a plural, ``n``
    decides. A value may itself be a ``Text`` (or a sequence of them), said in the same language.
    """

    __slots__ = ("plural", "source", "values")

    def __init__(self, source: str, plural: str | None = None, **values: Value) -> None:
        self.source: Final = source
        self.plural: Final = plural
        self.values: Final = values or _UNSAID

    @classmethod
    def again(cls, source: str, plural: str | None, values: Mapping[str, Value]) -> "Text":
        """Return a text that was said before and kept: its sentences stand elsewhere, as words."""
        return cls(source, plural, **values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.source, self.plural, dict(self.values)) == (
            other.source,
            other.plural,
            dict(other.values),
        )

    def __hash__(self) -> int:
        return hash((self.source, self.plural))

    def __repr__(self) -> str:
        return f"Text({self.plain!r})"

    @property
    def plain(self) -> str:
        """The sentence in English."""
        return say(self, "en")


class OwnWords(Text):
    """A sentence that brings its own ``forms`` by language, as a pack of rules the user takes in.

    A language without a form reads the first one there is. Forms hold ``{named}`` places only.
    """

    __slots__ = ("forms",)

    def __init__(self, forms: Mapping[str, str], **values: Value) -> None:
        super().__init__(forms.get("en") or next(iter(forms.values())), None, **values)
        self.forms: Final = forms


_load: Callable[[str], NullTranslations] = lambda _language: NullTranslations()  # noqa: E731
_loaded: dict[str, NullTranslations] = {}


def use_catalogues(load: Callable[[str], NullTranslations]) -> None:
    """Take translations from ``load(language)`` from now on (called once a language)."""
    global _load  # the one place where the program's languages are plugged in
    _load = load
    _loaded.clear()


def say(text: "Text | str", language: str) -> str:
    """Return ``text`` in ``language``; a plain string (data, a name) comes back as it is."""
    if isinstance(text, str):
        return text
    catalogue = _loaded.get(language)
    if catalogue is None:
        catalogue = _loaded[language] = NullTranslations() if language == "en" else _load(language)
    if isinstance(text, OwnWords):
        form = text.forms.get(language) or text.source
    elif text.plural is None:
        form = catalogue.gettext(text.source)
    else:
        n = text.values.get("n", 0)
        form = catalogue.ngettext(text.source, text.plural, n if isinstance(n, int) else 0)
    if not text.values:
        return form
    return form.format_map({name: _said(value, language) for name, value in text.values.items()})


def _said(value: Value, language: str) -> Value:
    if isinstance(value, Text):
        return say(value, language)
    if isinstance(value, tuple | list):
        return ("、" if language == "zh" else ", ").join(str(_said(v, language)) for v in value)
    return value


@contextmanager
def catalogues(load: Callable[[str], NullTranslations]) -> Iterator[None]:
    """Use other catalogues for a while (tests with longer texts)."""
    before = _load
    use_catalogues(load)
    try:
        yield
    finally:
        use_catalogues(before)
