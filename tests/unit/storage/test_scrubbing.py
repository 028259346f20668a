"""What may stay of an op once people were erased, and where a name stands in a text."""

import pytest

from kamdesk.core.privacy import Privacy
from kamdesk.storage.catalogue import Cell, Kind, Merge
from kamdesk.storage.fold import Verb
from kamdesk.storage.scrubbing import blanked, ids_in, is_about, naming, what_stays

WHO, OTHER, FIRM = b"w" * 16, b"o" * 16, b"f" * 16
SEAT = Kind(
    "seat",
    table="seats",
    scope_of="account",
    outlives=("account", "at"),
    cells=(
        Cell("account", privacy=Privacy.BUSINESS),
        Cell("at", columns=("who", "side"), privacy=Privacy.BUSINESS, about=("who",)),
        Cell("point", privacy=Privacy.OPINION),
        Cell("host", privacy=Privacy.BUSINESS, names=("host",)),
        Cell("members", privacy=Privacy.BUSINESS, merge=Merge.LINKS, names=("target",)),
    ),
)
OP = {
    "account": FIRM,
    "at": (WHO, "theirs"),
    "point": "words",
    "host": WHO,
    "members": (WHO, OTHER),
}


def test_a_record_is_about_whom_its_cell_says() -> None:
    assert is_about(SEAT, Verb.SET, OP, {WHO})
    assert not is_about(SEAT, Verb.SET, OP, {OTHER})
    assert not is_about(SEAT, Verb.SET, {"host": WHO}, {WHO})
    assert not is_about(SEAT, Verb.LINK, {"at": (WHO,)}, {WHO})


def test_of_another_s_record_the_name_goes_and_the_rest_stays() -> None:
    assert what_stays(SEAT, OP, {OTHER}, gone=False) == {**OP, "members": (WHO,)}
    assert what_stays(SEAT, {"host": WHO, "point": "x"}, {WHO}, gone=False) == {
        "host": None,
        "point": "x",
    }


def test_of_the_person_s_record_only_what_outlives_them_stays() -> None:
    assert what_stays(SEAT, OP, {WHO}, gone=True) == {"account": FIRM, "at": (None, "theirs")}


def test_a_cell_of_a_newer_program_that_names_them_goes_whole() -> None:
    cells = {"gift": ((WHO, 3), "a watch"), "later": "stays"}
    assert what_stays(SEAT, cells, {WHO}, gone=False) == {"later": "stays"}


def test_ids_are_found_however_deep() -> None:
    assert ids_in([1, "x", (WHO, (OTHER, None)), [FIRM]]) == {WHO, OTHER, FIRM}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Li Min doubts", "[erased] doubts"),
        ("Li Mingzhu agrees", "Li Mingzhu agrees"),
        ("McLi Min", "McLi Min"),
        ("请Li Min回电", "请[erased]回电"),
        ("李敏捷地避开李敏", "[erased]捷地避开[erased]"),
        ("L", "L"),
    ],
)
def test_a_latin_name_stands_between_words_a_chinese_one_anywhere(text: str, after: str) -> None:
    pattern = naming({"Li Min", "李敏", "L", ""})
    assert pattern
    assert blanked(text, pattern) == after
    assert blanked((text, None, 3), pattern) == (after, None, 3)


def test_a_name_of_one_character_is_none() -> None:
    assert naming({"李", ""}) is None
