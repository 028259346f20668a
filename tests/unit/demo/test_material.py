from typing import Any

import pytest

from kamdesk.demo.material import Line, line, places, pool, read, spaced

FILES = (
    "chain",
    "firms",
    "people",
    "places",
    "politics",
    "posts",
    "prep",
    "rest",
    "star",
    "subjects",
    "talk_early",
    "talk_late",
    "team",
)
FORBIDDEN = ("评标委员会", "评标专家", "evaluation committee", "lorem", "回扣", "kickback")


def texts(node: Any) -> list[str]:
    if isinstance(node, str):
        return [row for row in node.split("\n") if "::" in row and "|" not in row]
    if isinstance(node, dict):
        return [text for child in node.values() for text in texts(child)]
    return [text for child in node for text in texts(child)] if isinstance(node, list) else []


def every_line() -> list[Line]:
    return [line(text) for name in FILES for text in texts(read(name))]


def test_every_line_is_said_in_both_languages() -> None:
    half = [pair for pair in every_line() if bool(pair.zh) != bool(pair.en)]
    assert half == []


def test_a_line_leaves_the_same_places_open_in_both_languages() -> None:
    different = [pair.zh for pair in every_line() if places(pair.zh) != places(pair.en)]
    assert different == []


def test_a_line_is_written_once_in_its_pool() -> None:
    twice = []
    for name in ("subjects", "talk_early", "talk_late", "people", "prep"):
        for section in read(name).values():
            if isinstance(section, dict):
                for text in section.values():
                    said = [pair.zh for pair in pool(text)] if isinstance(text, str) else []
                    twice += [zh for zh in said if said.count(zh) > 1]
    assert twice == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_forbidden_word_is_said(word: str) -> None:
    assert [pair for pair in every_line() if word in pair.zh or word in pair.en] == []


def test_every_stage_can_be_told() -> None:
    stages = {**read("talk_early"), **read("talk_late")}
    wanted = {"topic", "objective", "open", "turn", "close", "outcome", "next", "fact"}
    wanted |= {"ours", "theirs"}
    assert {
        stage: wanted - set(pools) for stage, pools in stages.items() if wanted - set(pools)
    } == {}
    assert len(stages) == 14


def test_every_subject_a_trade_names_is_described() -> None:
    named = {key for trade in read("firms")["segment"] for key in trade["subjects"].split()}
    subjects = read("subjects")
    assert named == set(subjects)
    assert all({"name", "pain", "metric", "gain", "tech"} <= set(s) for s in subjects.values())


def test_signs_before_a_line_say_when_it_is_true() -> None:
    plain, new, here, plant = (line(s + "你好 :: Hello") for s in ("", "*", "@", "#"))
    assert (plain.new, plain.on_site, plain.plant) == (False, False, False)
    assert (new.new, here.on_site, plant.plant) == (True, True, True)
    both = line("*@{other}来了 :: {other} came")
    assert (both.new, both.on_site, both.people) == (True, True, frozenset({"other"}))


@pytest.mark.parametrize(
    ("text", "neat"),
    [
        ("超过16 万元 必须", "超过 16 万元必须"),
        ("Michael说Q2预算", "Michael 说 Q2 预算"),
        ("KA-0001", "KA-0001"),
        ("周𠮷祥A", "周𠮷祥 A"),
    ],
)
def test_blanks_stand_between_characters_and_letters_only(text: str, neat: str) -> None:
    assert spaced(text) == neat
