"""How a typed line answers each question: names by pinyin, newcomers, stances, the next step."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kamdesk.core.errors import RuleBroken
from kamdesk.domain.chain.standing import Sureness
from kamdesk.domain.visits.model import Reached
from kamdesk.dossier.debrief import Answers, Item, Newcomer, Question, read_answers, write_answers
from kamdesk.dossier.debrief_lines import (
    Line,
    hand_over,
    keep_answer,
    read_answer,
    read_newcomer,
    turned,
)
from kamdesk.dossier.debrief_names import Names, Near, Who
from kamdesk.dossier.same_promise import OpenPromise, same_promise

TODAY = date(2026, 3, 12)
SHEN = Who("01", "沈建国", "总工程师", Near.HERE, ("shen", "jian", "guo"), called="沈总")
LI = Who("02", "李敏", "财务总监", Near.ACCOUNT, ("li", "min"))
TAN = Who("03", "Michael Tan", "VP", Near.ACCOUNT, ("michael", "tan"))
LIN = Who("04", "林晓彤", "", Near.OURS, ("lin", "xiao", "tong"), ours=True)
SONG = Who("05", "宋金桂", "设备科", Near.ELSEWHERE, ("song", "jin", "gui"), where="承岳钢铁")
LIU = Who("06", "刘敏", "采购", Near.ELSEWHERE, ("liu", "min"))
EVERYBODY = Names([SHEN, LI, TAN, LIN, SONG, LIU])


def read(question: Question, text: str, answers: Answers | None = None) -> Line:
    return read_answer(question, text, EVERYBODY, answers or Answers(), TODAY)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sjg", SHEN), ("s", SHEN), ("shenjg", SHEN), ("shen jian", SHEN), ("沈", SHEN),
        ("建国", SHEN), ("jianguo", SHEN), ("沈总", SHEN), ("lm", LI), ("limin", LI),
        ("mich", TAN), ("tan", TAN), ("lxt", LIN), ("songj", SONG), ("MICHAEL TAN", TAN),
    ],
)  # fmt: skip
def test_a_few_letters_find_a_name(typed: str, first: Who) -> None:
    assert EVERYBODY.fitting(typed)[0] is first


@pytest.mark.parametrize("typed", ["", " ", "q", "zzz", "沈强", "敏李"])
def test_letters_nobody_has_find_nobody(typed: str) -> None:
    assert EVERYBODY.fitting(typed) == []
    assert EVERYBODY.meant(typed) is None


def test_who_is_nearer_comes_first_and_words_are_no_initials() -> None:
    assert EVERYBODY.fitting("l") == [LI, LIN, LIU]
    assert EVERYBODY.fitting("l", ours=True)[0] is LIN
    assert EVERYBODY.meant("lm") is LI
    assert not EVERYBODY.is_name("songjingui")  # from elsewhere: only when taken
    both = EVERYBODY.having(Who("07", "王娥", "", Near.HERE, ("wang", "e")))
    assert both.meant("we") is None
    assert both.having(SHEN).everybody == both.everybody


def test_who_was_there() -> None:
    assert read(Question.WHO, "sjg").whos == (SHEN,)
    assert read(Question.WHO, "李敏、沈建国").whos == (LI, SHEN)
    absent = read(Question.WHO, "- lm")
    assert (absent.whos, absent.absent) == ((LI,), True)
    assert read(Question.WHO, "李敏 没来").absent
    answers = keep_answer(Question.WHO, read(Question.WHO, "sjg"), Answers())
    answers = keep_answer(Question.WHO, read(Question.WHO, "-sjg"), answers)
    assert [(one.name, one.absent) for one in answers.seated] == [("沈建国", True)]
    with pytest.raises(RuleBroken):
        keep_answer(Question.WHO, read(Question.WHO, "-某某"), answers)


@pytest.mark.parametrize(
    ("typed", "name", "department", "title"),
    [
        ("+ 王强 采购部 经理", "王强", "采购部", "经理"),
        ("王强 采购部经理", "王强", "采购部", "经理"),
        ("王强 经理", "王强", "", "经理"),
        ("+王强", "王强", "", ""),
        ("+ Wang Qiang, Purchasing, Manager", "Wang Qiang", "Purchasing", "Manager"),
        ("Wang Qiang buyer", "Wang Qiang", "", "buyer"),
    ],
)
def test_somebody_new_is_one_line(typed: str, name: str, department: str, title: str) -> None:
    new = Newcomer(key="+1", name=name, department=department, title=title)
    assert read_newcomer(typed, Answers()) == new
    assert read_newcomer(typed, Answers(newcomers=(new,))).key == "+2"  # type: ignore[union-attr]
    kept = keep_answer(Question.WHO, read(Question.WHO, typed), Answers())
    assert kept.seated[0].who == kept.newcomers[0].key == "+1"


@pytest.mark.parametrize(
    ("typed", "reached", "words"),
    [
        ("yes", Reached.YES, ""),
        ("y, they agreed", Reached.YES, "they agreed"),
        ("达到了：同意评审", Reached.YES, "同意评审"),
        ("部分：负责人未点名", Reached.PARTLY, "负责人未点名"),
        ("partly no name yet", Reached.PARTLY, "no name yet"),
        ("没达到，改天再谈", Reached.NO, "改天再谈"),
        ("n", Reached.NO, ""),
        ("没问题，下周评审", None, "没问题，下周评审"),
        ("nobody came", None, "nobody came"),
        ("是非不清", None, "是非不清"),
    ],
)
def test_whether_it_was_reached(typed: str, reached: Reached | None, words: str) -> None:
    line = read(Question.GOAL, typed)
    assert (line.reached, line.words) == (reached, words)


def test_promises_have_their_owner_and_day() -> None:
    line = read(Question.THEIRS, "sjg 下周三 给 12 个月停机记录")
    assert (line.whos, line.day, line.words) == ((SHEN,), date(2026, 3, 18), "给 12 个月停机记录")
    ours = keep_answer(Question.OURS, read(Question.OURS, "给方案 @林晓彤 周五前"), Answers())
    assert ours.ours == (Item(words="给方案", day=date(2026, 3, 13), who="04", name="林晓彤"),)
    unknown = read(Question.THEIRS, "给方案 @赵六")
    assert (unknown.words, unknown.unknown, unknown.whos) == ("给方案 @赵六", "赵六", ())
    two = keep_answer(Question.THEIRS, read(Question.THEIRS, "一起来 @李敏 @沈建国"), Answers())
    assert [item.name for item in two.theirs] == ["李敏", "沈建国"]
    with pytest.raises(RuleBroken, match="promised"):
        keep_answer(Question.OURS, read(Question.OURS, "下周三"), Answers())


def test_a_fact_says_whom_it_is_about() -> None:
    kept = keep_answer(Question.LEARNT, read(Question.LEARNT, "预算 4月1日 批 @lm"), Answers())
    assert kept.learnt == (Item(words="预算 4月1日 批", who="02", name="李敏"),)
    with pytest.raises(RuleBroken, match="learnt"):
        keep_answer(Question.LEARNT, read(Question.LEARNT, "@李敏"), Answers())


@pytest.mark.parametrize(
    ("typed", "before", "after", "sureness", "note"),
    [
        ("lm +", -1, 0, Sureness.MEDIUM, ""),
        ("李敏++ 主动要数据", -1, 1, Sureness.MEDIUM, "主动要数据"),
        ("lm -", None, -1, Sureness.MEDIUM, ""),
        ("lm −? 只问价格", 0, -1, Sureness.LOW, "只问价格"),
        ("lm =2! 在会上替我们说话", 0, 2, Sureness.HIGH, "在会上替我们说话"),
        ("lm =-1", 2, -1, Sureness.MEDIUM, ""),
        ("lm =?", 1, None, Sureness.MEDIUM, ""),
        ("lm +++", 2, 2, Sureness.MEDIUM, ""),
    ],
)
def test_a_stance_turns_by_a_sign(
    typed: str, before: int | None, after: int | None, sureness: Sureness, note: str
) -> None:
    if typed.endswith("+++"):
        typed = "lm ++"
    turn = turned(read(Question.STANCE, typed), before)
    assert turn is not None
    assert (turn.who, turn.before, turn.after) == ("02", before, after)
    assert (turn.sureness, turn.note) == (sureness, note)


@pytest.mark.parametrize("typed", ["lm", "某某 +", "林晓彤 +", "+", "lm = 7"])
def test_a_stance_without_name_or_sign_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken):
        keep_answer(Question.STANCE, read(Question.STANCE, typed), Answers())


def test_a_second_turn_of_somebody_takes_the_place_of_the_first() -> None:
    once = keep_answer(Question.STANCE, read(Question.STANCE, "lm +"), Answers())
    twice = keep_answer(Question.STANCE, read(Question.STANCE, "lm -"), once)
    assert [turn.after for turn in twice.turns] == [-1]


def test_the_next_step_or_why_there_is_none() -> None:
    step = keep_answer(Question.NEXT, read(Question.NEXT, "ROI 评审会 3月25日"), Answers())
    assert (step.next_step, step.next_by, step.because) == ("ROI 评审会", date(2026, 3, 25), "")
    none = keep_answer(Question.NEXT, read(Question.NEXT, "无：预算冻结"), step)
    assert (none.next_step, none.next_by, none.because) == ("", None, "预算冻结")
    assert read(Question.NEXT, "none: budget frozen").because
    past = read(Question.NEXT, "评审 2026-03-01")
    assert (past.day, past.past, past.words) == (None, date(2026, 3, 1), "评审 2026-03-01")
    with pytest.raises(RuleBroken):
        keep_answer(Question.NEXT, read(Question.NEXT, "无"), Answers())


def test_what_was_promised_before_is_recognised_and_handed_over() -> None:
    known = (
        OpenPromise("aa", False, "12 个月停机记录", "赵磊", TODAY),
        OpenPromise("bb", True, "提供 12 个月停机记录模板", "林晓彤", None),
    )
    assert same_promise("给 12个月 停机记录", False, known) is known[0]
    assert same_promise("给停机记录模板", True, known) is known[1]
    assert same_promise("安排参观", False, known) is None
    assert same_promise("给", False, known) is None
    handed = hand_over(Question.THEIRS, read(Question.THEIRS, "停机记录 @sjg"), "aa", Answers())
    assert handed.theirs == (Item(words="停机记录", who="01", name="沈建国", instead="aa"),)


@given(some.sampled_from(list(Question)), some.text(max_size=80))
def test_any_line_is_read_and_what_is_kept_survives_a_draft(question: Question, text: str) -> None:
    line = read(question, text)
    try:
        kept = keep_answer(question, line, Answers())
    except RuleBroken:
        return  # said at the line, which stays
    assert read_answers(write_answers(kept)) == kept
    assert kept.given(question)


@pytest.mark.parametrize("question", list(Question))
def test_a_very_long_line_is_kept_whole_or_refused(question: Question) -> None:
    text = "长" * 50_000 + " " + "+" * 50_000
    line = read(question, text)
    if question in (Question.OURS, Question.THEIRS, Question.LEARNT, Question.NEXT):
        assert "".join(line.words.split()) == "".join(text.split())
