"""When somebody receives is read as people write it, and said so that it is read the same again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.text.hours_reading import Hours, read_hours

READ = [
    ("周二、周四下午最好找人，周一上午是例会", "Tue, Thu 13:00–18:00"),
    ("8.30–11.30 and 13.30–17.00; nobody over lunch", "Mon–Fri 8:30–11:30, 13:30–17:00"),
    ("After 9.00; the shift meeting comes first", "Mon–Fri 9:00–18:00"),
    ("周二至周四 9:00-11:30；周五下午", "Tue–Thu 9:00–11:30, Fri 13:00–18:00"),
    ("Tue–Thu 9-11:30, Fri pm", "Tue–Thu 9:00–11:30, Fri 13:00–18:00"),
    ("工作日上午", "Mon–Fri 8:00–12:00"),
    ("周二、四上午", "Tue, Thu 8:00–12:00"),
    ("周二四", "Tue, Thu 8:00–18:00"),
    ("周一到周五 9:00-11:30,13:30-17:00", "Mon–Fri 9:00–11:30, 13:30–17:00"),
    ("Mon, Wed 2-4", "Mon, Wed 14:00–16:00"),
    ("weekdays 9am-5pm", "Mon–Fri 9:00–17:00"),
    ("9:00-11:30", "Mon–Fri 9:00–11:30"),
    ("每天下午2点到4点半", "Mon–Sun 14:00–16:30"),
    ("周三三点到五点", "Wed 15:00–17:00"),
    ("周二十点到十一点半", "Tue 10:00–11:30"),
    ("周一休息", "Tue–Fri 8:00–18:00"),
    ("closed on Monday", "Tue–Fri 8:00–18:00"),
    ("No outside meetings on Friday afternoons", "Mon–Thu 8:00–18:00, Fri 8:00–13:00"),
    ("工作日，除周三外", "Mon, Tue, Thu, Fri 8:00–18:00"),
    ("weekdays except Wed", "Mon, Tue, Thu, Fri 8:00–18:00"),
    ("周五下午不接待", "Mon–Thu 8:00–18:00, Fri 8:00–13:00"),
    ("no visitors Fri pm", "Mon–Thu 8:00–18:00, Fri 8:00–13:00"),
    ("周一到周四上午, 下午不接待", "Mon–Thu 8:00–12:00"),
    ("周一至周五 8:30-17:00，12:00-13:00休息", "Mon–Fri 8:30–12:00, 13:00–17:00"),
    ("上午9点以后", "Mon–Fri 9:00–12:00"),
    ("周二 10点前", "Tue 8:00–10:00"),
    ("before 11", "Mon–Fri 8:00–11:00"),
    ("需预约，周二上午9:30-11:30", "Tue 9:30–11:30"),
    ("周三上午及周五下午", "Wed 8:00–12:00, Fri 13:00–18:00"),
    ("Tuesday and Thursday mornings", "Tue, Thu 8:00–12:00"),
    ("Fri 1-3 pm", "Fri 13:00–15:00"),
    ("11:30am-1pm", "Mon–Fri 11:30–13:00"),
    ("Tue 9-11, 14-16; Thu 10-12", "Tue 9:00–11:00, 14:00–16:00, Thu 10:00–12:00"),
    ("周一至周五（节假日除外）8:30-17:00", "Mon–Fri 8:30–17:00"),
]
NOT_KNOWN = [
    "",
    "by appointment",
    "提前预约",
    "单周周二",
    "每月第二个周三",
    "first Tuesday",
    "3楼 2-3人",
    "月底不见客",
    "9-5",
]
TIMES = st.integers(0, 95).map(lambda quarter: quarter * 15)
WINDOWS = st.lists(st.tuples(TIMES, TIMES), max_size=2)


@pytest.mark.parametrize(("written", "said"), READ)
def test_hours_are_read_as_people_write_them(written: str, said: str) -> None:
    found = read_hours(written)
    assert found is not None
    assert found.said.plain == said


@pytest.mark.parametrize("written", NOT_KNOWN)
def test_what_does_not_say_when_is_not_known(written: str) -> None:
    assert read_hours(written) is None


def neat(windows: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Windows of at least half an hour that do not touch, in order."""
    found: list[tuple[int, int]] = []
    for first, last in sorted((min(pair), max(pair)) for pair in windows):
        if last - first >= 30 and (not found or first > found[-1][1]):
            found.append((first, last))
    return tuple(found)


@given(st.lists(WINDOWS.map(neat), min_size=7, max_size=7).filter(any))
def test_its_own_words_are_read_the_same_again(week: list[tuple[tuple[int, int], ...]]) -> None:
    hours = Hours(windows=tuple(week))
    assert read_hours(hours.said.plain) == hours


@given(
    st.text(max_size=400)
    | st.text("周一二三四五六日至到上下午不休0123459:-,;、 amp除点半前后montue")
)
def test_any_text_is_read_or_not_known(text: str) -> None:
    found = read_hours(text)
    if found is not None:
        assert len(found.windows) == 7
        assert any(found.windows)
        for windows in found.windows:
            assert all(0 <= opens < closes <= 1440 for opens, closes in windows)
        assert read_hours(found.said.plain) == found
