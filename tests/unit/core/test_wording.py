"""A text is a value: said later, in the reader's language, with its plural and its parts."""

import gettext

from kamdesk.core import wording
from kamdesk.core.wording import Text, catalogues, say


class Catalogue(gettext.NullTranslations):
    def gettext(self, message: str) -> str:
        return {"late": "逾期", "Undo: {name}": "撤销：{name}"}.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return {"{n} day": "{n} 天"}.get(one, one if n == 1 else many)


def test_english_is_what_the_code_says() -> None:
    assert say(Text("{n} day", "{n} days", n=1), "en") == "1 day"
    assert say(Text("{n} day", "{n} days", n=2), "en") == "2 days"
    assert Text("late").plain == "late"


def test_texts_are_said_in_the_readers_language_with_their_parts() -> None:
    with catalogues(lambda language: Catalogue()):
        assert say(Text("{n} day", "{n} days", n=2), "zh") == "2 天"
        assert say(Text("Undo: {name}", name=Text("late")), "zh") == "撤销：逾期"
        assert say(Text("{all}", all=["甲", Text("late")]), "zh") == "甲、逾期"
        assert say(Text("Undo: {name}", name=Text("late")), "en") == "Undo: late"
    assert say(Text("late"), "fr") == "late"


def test_data_are_never_translated_nor_filled() -> None:
    assert say("{braces} stay", "zh") == "{braces} stay"
    assert say(Text("{name}", name="{evil.__class__}"), "en") == "{evil.__class__}"


def test_texts_compare_by_what_they_say() -> None:
    assert Text("{n} day", n=1) == Text("{n} day", n=1)
    assert Text("{n} day", n=1) != Text("{n} day", n=2)
    assert len({Text("late"), Text("late")}) == 1
    assert "late" in repr(Text("late"))
    assert wording.LANGUAGES == ("en", "zh")
