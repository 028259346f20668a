"""The workbench: order, one answer per question, refusals at their field, a clean end."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.qt_inline import InlineLane

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import Cancelled, Refusal, RuleBroken, StorageTrouble
from kamdesk.core.ids import Id
from kamdesk.core.wording import Text
from kamdesk.desktop.jobs import Job
from kamdesk.desktop.workbench import Workbench

VISIT = ChangeSet(frozenset({("visit", Id(b"1" * 16))}), 1)


class FakeDesk:
    """A desk that notes what was done to it, and in which thread."""

    log: list[str]

    def __init__(self, readonly: bool, log: list[str]) -> None:
        self.readonly, self.log, self.position = readonly, log, 7
        self.thread = threading.current_thread()
        log.append(f"open {'reader' if readonly else 'writer'}")

    def note(self, word: str) -> ChangeSet:
        assert not self.readonly
        assert threading.current_thread() is self.thread
        self.log.append(word)
        return VISIT

    def close(self) -> None:
        self.log.append(f"close {'reader' if self.readonly else 'writer'}")


class Form(QWidget):
    """An owner that takes refusals."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[RuleBroken] = []
        self.seen: object = None

    def refused(self, error: RuleBroken) -> None:
        self.taken.append(error)


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def bench(qapp: object, log: list[str]) -> Iterator[Workbench[FakeDesk]]:
    made: Workbench[FakeDesk] = Workbench(
        lambda readonly: FakeDesk(readonly, log), position=lambda desk: desk.position
    )
    yield made
    made.close()


def test_the_writer_opens_before_the_reader(
    bench: Workbench[FakeDesk], log: list[str], qtbot: QtBot
) -> None:
    answers: list[bool] = []
    bench.ask(None, lambda desk: desk.readonly, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [True]
    assert log == ["open writer", "open reader"]


def test_answers_come_in_order_on_the_windows_thread(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    got: list[tuple[int, bool]] = []
    here = threading.current_thread()
    for n in range(20):
        bench.ask(
            None,
            lambda desk, n=n: (n, threading.current_thread() is not here),
            lambda answer: got.append(
                (answer[0], answer[1] and threading.current_thread() is here)
            ),
        )
    qtbot.waitUntil(lambda: len(got) == 20)
    assert got == [(n, True) for n in range(20)]


def test_a_later_question_takes_the_place_of_an_earlier_one(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    owner, other, got, asked = QObject(), QObject(), [], []
    gate = threading.Event()

    def question(name: str) -> Callable[[FakeDesk], str]:
        def ask(desk: FakeDesk) -> str:
            gate.wait(5)
            asked.append(name)
            return name

        return ask

    bench.ask(owner, question("first"), got.append, key="rows")
    bench.ask(owner, question("second"), got.append, key="rows")
    bench.ask(owner, question("third"), got.append, key="rows")
    bench.ask(owner, question("else"), got.append, key="head")
    bench.ask(other, question("other"), got.append, key="rows")
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 3)
    assert got == ["third", "else", "other"]
    assert "second" not in asked


@pytest.mark.parametrize("way", ["deleted", "closed"])
def test_a_page_that_is_gone_is_not_called_back(
    bench: Workbench[FakeDesk], qtbot: QtBot, way: str
) -> None:
    page, got, gate = QWidget(), [], threading.Event()
    bench.ask(page, lambda desk: gate.wait(5), got.append)
    if way == "deleted":
        page.deleteLater()
        qtbot.wait(20)
    else:
        page.closed = True  # type: ignore[attr-defined]
    gate.set()
    bench.ask(None, lambda desk: "after", got.append)
    qtbot.waitUntil(lambda: got == ["after"])


def test_what_is_done_is_told_to_all(
    bench: Workbench[FakeDesk], log: list[str], qtbot: QtBot
) -> None:
    order: list[str] = []
    bench.changed.connect(lambda changes: order.append("all" if changes == VISIT else "?"))
    bench.do(None, lambda desk: desk.note("log a visit"), lambda changes: order.append("form"))
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["form", "all"]
    assert "log a visit" in log


def test_nothing_is_told_when_nothing_was_written(bench: Workbench[FakeDesk], qtbot: QtBot) -> None:
    told, done = [], []
    bench.changed.connect(told.append)
    bench.do(None, lambda desk: ChangeSet(), done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert told == []


def test_what_was_to_be_written_is_written_though_its_form_is_gone(
    bench: Workbench[FakeDesk], log: list[str], qtbot: QtBot
) -> None:
    form = Form()
    bench.do(form, lambda desk: desk.note("typed words"))
    form.deleteLater()
    qtbot.waitUntil(lambda: "typed words" in log)


def test_the_owner_learns_how_far_the_desk_has_seen(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    form = Form()
    qtbot.addWidget(form)
    bench.ask(form, lambda desk: 1, lambda answer: None)
    qtbot.waitUntil(lambda: form.seen == 7)


def _refuse(error: Exception) -> Callable[[FakeDesk], ChangeSet]:
    def verb(desk: FakeDesk) -> ChangeSet:
        raise error

    return verb


def test_a_broken_rule_comes_to_the_form_with_its_field(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    form, noticed = Form(), []
    qtbot.addWidget(form)
    bench.noticed.connect(noticed.append)
    bench.do(form, _refuse(RuleBroken(Text("Agree a next step."), field="next_step")))
    qtbot.waitUntil(lambda: bool(form.taken))
    assert form.taken[0].field == "next_step"
    assert noticed == []


def test_a_refusal_no_form_takes_comes_to_the_notices(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    form, noticed = Form(), []
    full = _refuse(StorageTrouble(Text("The disk is full.")))
    qtbot.addWidget(form)
    bench.noticed.connect(noticed.append)
    bench.do(None, _refuse(RuleBroken(Text("No."))))
    bench.job(form, Text("Copying"), lambda desk, _job: full(desk))
    qtbot.waitUntil(lambda: len(noticed) == 2)
    assert [error.said.plain for error in noticed] == ["No.", "The disk is full."]
    assert form.taken == []


def test_who_wants_to_hear_of_a_refusal_hears_it_first(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    form, failed, noticed = Form(), [], []
    qtbot.addWidget(form)
    bench.noticed.connect(noticed.append)
    bench.do(form, _refuse(RuleBroken(Text("No."))), failed=failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert (form.taken, noticed) == ([], [])


def test_a_save_that_failed_is_said_though_its_form_is_gone(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    form, noticed = Form(), []
    bench.noticed.connect(noticed.append)
    bench.do(form, _refuse(RuleBroken(Text("No."))))
    form.deleteLater()
    qtbot.waitUntil(lambda: bool(noticed))


def test_a_bug_is_told_with_its_trace_and_the_next_question_is_answered(
    bench: Workbench[FakeDesk], qtbot: QtBot
) -> None:
    traces, got = [], []
    bench.crashed.connect(traces.append)
    bench.ask(None, lambda desk: 1 // 0, got.append)
    bench.ask(None, lambda desk: "after", lambda answer: 1 // 0)
    bench.ask(None, lambda desk: "fine", got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["fine"]
    assert len(traces) == 2
    assert all("ZeroDivisionError" in trace for trace in traces)


def test_a_job_tells_how_far_it_is(bench: Workbench[FakeDesk], qtbot: QtBot) -> None:
    got, shares = [], []

    def work(desk: FakeDesk, job: Job) -> str:
        for n in range(4):
            job.step(n + 1, 4)
        return "done"

    bench.job_changed.connect(lambda job: shares.append(job.share if job else None))
    bench.job(None, Text("Import"), work, got.append)
    qtbot.waitUntil(lambda: got == ["done"])
    assert 1.0 in shares
    assert shares[-1] is None
    assert bench.running is None


def test_a_job_can_be_stopped(bench: Workbench[FakeDesk], qtbot: QtBot) -> None:
    failed: list[Refusal] = []
    started = threading.Event()

    def work(desk: FakeDesk, job: Job) -> None:
        while True:
            started.set()
            job.step(0)

    job = bench.job(None, Text("Import"), work, failed=failed.append)
    assert started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)


def test_questions_are_answered_while_a_job_runs(bench: Workbench[FakeDesk], qtbot: QtBot) -> None:
    gate, got = threading.Event(), []
    bench.job(None, Text("Paper"), lambda desk, job: gate.wait(5), got.append)
    bench.ask(None, lambda desk: "rows", got.append)
    qtbot.waitUntil(lambda: got == ["rows"])
    gate.set()
    qtbot.waitUntil(lambda: got == ["rows", True])


def test_closing_writes_what_waits_and_ends_both_threads(qapp: object, log: list[str]) -> None:
    bench: Workbench[FakeDesk] = Workbench(lambda readonly: FakeDesk(readonly, log))
    for n in range(50):
        bench.do(None, lambda desk, n=n: desk.note(f"save {n}"))
    bench.close()
    bench.close()
    assert [line for line in log if line.startswith("save")] == [f"save {n}" for n in range(50)]
    assert "close writer" in log
    assert not [t for t in threading.enumerate() if t.name.startswith("kamdesk-")]
    bench.do(None, lambda desk: desk.note("too late"))
    assert "too late" not in log


def test_a_workspace_that_does_not_open_is_told_once(qapp: object, qtbot: QtBot) -> None:
    def open_desk(readonly: bool) -> FakeDesk:
        raise StorageTrouble(Text("This file is from a newer version."))

    bench = Workbench(open_desk)
    told, got = [], []
    bench.unopened.connect(told.append)
    bench.ask(None, lambda desk: 1, got.append)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(30)
    bench.close()
    assert [error.said.plain for error in told] == ["This file is from a newer version."]
    assert got == []


def test_what_is_asked_before_the_start_is_answered_after_it(
    qapp: object, log: list[str], qtbot: QtBot
) -> None:
    bench: Workbench[FakeDesk] = Workbench(lambda readonly: FakeDesk(readonly, log), started=False)
    got: list[bool] = []
    bench.ask(None, lambda desk: desk.readonly, got.append)
    qtbot.wait(20)
    assert (got, log) == ([], [])
    bench.start()
    qtbot.waitUntil(lambda: got == [True])
    bench.close()


def test_inline_everything_is_done_at_once(qapp: object, log: list[str]) -> None:
    bench: Workbench[FakeDesk] = Workbench(
        lambda readonly: FakeDesk(readonly, log), lane=InlineLane
    )
    got: list[object] = []
    bench.changed.connect(got.append)
    bench.do(None, lambda desk: desk.note("now"))
    bench.ask(None, lambda desk: desk.readonly, got.append)
    assert got == [VISIT, True]
    bench.close()
