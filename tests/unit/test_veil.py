"""The veil: what may not be seen is blank, what has no tag is hidden too."""

from dataclasses import dataclass

import pytest

from kamdesk.core.privacy import IN_THE_ROOM, Mode, Privacy, veil


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    id: bytes
    name: str = ""
    remark: str = ""
    untagged: str = "secret"


CARD = Card(id=b"1", name="陈立新", remark="wavers", untagged="x")


@pytest.mark.parametrize("privacy", Privacy)
def test_each_privacy_is_shown_or_blank(privacy: Privacy) -> None:
    seen = veil(CARD, {"name": Privacy.PUBLIC, "remark": privacy}, Mode.ROOM)
    assert seen.remark == ("wavers" if privacy in IN_THE_ROOM else "")
    assert (seen.id, seen.name) == (b"1", "陈立新")


def test_what_has_no_tag_is_hidden() -> None:
    assert veil(CARD, {}, Mode.ROOM) == Card(id=b"1")


def test_among_ourselves_nothing_is_hidden() -> None:
    assert veil(CARD, {}, Mode.OURS) is CARD
