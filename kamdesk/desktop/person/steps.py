"""What is entered about a person in the side panel: a way of contact, a need, a post, a stance."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import AccountId, Id
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.person.meaning import meant_person, offer_people
from kamdesk.desktop.record_step import RecordStep, Verb
from kamdesk.desktop.stances import stance_words
from kamdesk.desktop.typed import read_day
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor
from kamdesk.desktop.widgets.record_field import RecordField
from kamdesk.domain.chain.standing import What
from kamdesk.domain.people.channels import guessed_channel
from kamdesk.domain.people.model import (
    CHANNEL_WORDS,
    NEED_LEVEL_WORDS,
    NEED_STATE_WORDS,
    Channel,
    Need,
    NeedLevel,
    NeedState,
    Way,
)
from kamdesk.dossier.one_person import HeldPost, PersonSeen

if TYPE_CHECKING:
    from kamdesk.desktop.person.page import PersonPage
    from kamdesk.workspace import Workspace

_STANCES: Final = (2, 1, 0, -1, -2)


class PersonStep(RecordStep["PersonPage"]):
    """A step about one person."""

    of = "person"


class WayStep(PersonStep):
    """A way of contact: one line; what it is is read from how it is written."""

    def __init__(self, page: "PersonPage", seen: PersonSeen, way: Way | None = None) -> None:
        super().__init__(
            page,
            Text("Change a way of contact") if way else Text("Add a way of contact"),
            f"way{way.id.hex()}" if way else "way",
            do=Text("Save"),
        )
        self._seen, self._way = seen, way
        self.value = LineEditor(hint=Text("number, e-mail or WeChat"))
        self.channel = Choice(
            [(channel, looks.capital(words)) for channel, words in CHANNEL_WORDS.items()]
        )
        self.note = LineEditor(hint=Text("office hours, assistant …"))
        self.form.add("value", Text("Number or address"), self.value, beside=False)
        self.form.add("channel", Text("Kind"), self.channel, beside=False)
        self.form.add("note", Text("Note"), self.note, beside=False)
        if way is not None:
            self.value.setText(way.value)
            self.channel.choose(way.channel)
            self.note.setText(way.note)
        else:
            self.value.textEdited.connect(lambda text: self.channel.choose(guessed_channel(text)))
        self.keep_drafts({"value": self.value, "channel": self.channel, "note": self.note})
        for line in (self.value, self.note):
            line.returnPressed.connect(self._press)

    def verb(self) -> Verb:
        channel = self.channel.value
        kind = channel if isinstance(channel, Channel) else Channel.OTHER
        value, note, base = self.value.text(), self.note.text(), self._way
        person = self._seen.person

        def verb(desk: "Workspace") -> ChangeSet:
            way = base or desk.people.way(person, kind, value)
            changed = replace(way, channel=kind, value=value, note=note)
            return desk.people.reach(changed, base=base)

        return verb


class NeedStep(PersonStep):
    """What the person needs, in their words, for whom, how much, and how far it is served."""

    def __init__(self, page: "PersonPage", seen: PersonSeen, need: Need | None = None) -> None:
        super().__init__(
            page,
            Text("Change a need") if need else Text("Add a need"),
            f"need{need.id.hex()}" if need else "need",
            do=Text("Save"),
        )
        self._seen, self._need = seen, need
        shown = need or Need(id=Id(b""), account=None, person=seen.person.id, words="")  # type: ignore[arg-type]
        self.words, self.answer = TextEditor(shown.words, lines=2), LineEditor(shown.answer)
        self.level = Choice(
            [(one, looks.capital(words)) for one, words in NEED_LEVEL_WORDS.items()],
            start=shown.level,
        )
        self.weight = Choice(
            [(3, Text("3, decides")), (2, Text("2, counts")), (1, Text("1, would be nice"))],
            start=shown.weight,
        )
        self.state = Choice(
            [(one, looks.capital(words)) for one, words in NEED_STATE_WORDS.items()],
            start=shown.state,
        )
        add = self.form.add
        add("words", Text("What is needed, best in their words"), self.words, beside=False)
        add("level", Text("Whose need it is"), self.level, beside=False)
        add("weight", Text("Weight"), self.weight, beside=False)
        add("answer", Text("What answers it"), self.answer, beside=False)
        add("state", Text("How far"), self.state, beside=False)
        self.keep_drafts(
            {
                "words": self.words,
                "level": self.level,
                "weight": self.weight,
                "answer": self.answer,
                "state": self.state,
            }
        )

    def verb(self) -> Verb:
        level, weight, state = self.level.value, self.weight.value, self.state.value
        words, answer = self.words.toPlainText(), self.answer.text()
        person, base = self._seen.person, self._need

        def verb(desk: "Workspace") -> ChangeSet:
            need = base or desk.people.need(person, words)
            changed = replace(
                need,
                words=words,
                answer=answer,
                level=level if isinstance(level, NeedLevel) else need.level,
                weight=weight if isinstance(weight, int) else need.weight,
                state=state if isinstance(state, NeedState) else need.state,
            )
            return desk.people.put_need(changed, base=base)

        return verb


class PostStep(PersonStep):
    """A new post at the same customer; the one held before ends the day before."""

    def __init__(self, page: "PersonPage", seen: PersonSeen) -> None:
        held = seen.post
        super().__init__(
            page,
            Text("Take a new post"),
            "post",
            Text("{post} ends then and stands vacant.", post=held.post.title)
            if held and held.post.title
            else "",
            do=Text("Save"),
        )
        self._seen = seen
        self.title, self.since = LineEditor(), LineEditor(hint=Text("today, 2026-03-01"))
        self.boss = RecordField()
        account = seen.person.account
        offer_people(page, self.boss, account)
        self.form.add("title", Text("Post"), self.title, beside=False)
        self.form.add("since", Text("Since"), self.since, beside=False)
        self.form.add("reports_to", Text("Reports to"), self.boss, beside=False)
        self.keep_drafts({"title": self.title, "since": self.since, "boss": self.boss})

    def verb(self) -> Verb:
        title, boss_named, boss = self.title.text().strip(), self.boss.text(), self.boss.record
        if not title:
            raise RuleBroken(Text("Give the post a title."), field="title")
        since = day_typed(self.since.text(), self._seen.day, field="since")
        person = self._seen.person

        def verb(desk: "Workspace") -> ChangeSet:
            above = boss or meant_person(desk, boss_named, person.account, field="reports_to")
            return desk.people.take_post(person, title, since=since, boss=above)  # type: ignore[arg-type]

        return verb


class PostDays(PersonStep):
    """From when to when a post is or was held."""

    def __init__(self, page: "PersonPage", seen: PersonSeen, held: HeldPost) -> None:
        super().__init__(
            page, Text("Days in a post"), f"days{held.holding.id.hex()}", held.post.title,
            do=Text("Save"),
        )  # fmt: skip
        self._seen, self._held = seen, held
        since, until = held.holding.since, held.holding.until
        self.since = LineEditor(since.isoformat() if since else "")
        self.until = LineEditor(until.isoformat() if until else "")
        self.form.add("since", Text("Since"), self.since, beside=False)
        self.form.add(
            "until",
            Text("Until"),
            self.until,
            help=Text("Empty: the post is held now."),
            beside=False,
        )
        self.keep_drafts({"since": self.since, "until": self.until})

    def verb(self) -> Verb:
        since = day_typed(self.since.text(), self._seen.day, field="since", past=True)
        until = day_typed(self.until.text(), self._seen.day, field="until", past=True)
        base = self._held.holding
        return lambda desk: desk.people.date_holding(
            replace(base, since=since, until=until), base=base
        )


class JudgeStep(PersonStep):
    """How the person stands to us and how much they weigh, from today on, with evidence."""

    def __init__(self, page: "PersonPage", seen: PersonSeen) -> None:
        super().__init__(
            page,
            Text("Judge"),
            "judge",
            Text("A judgement is never overwritten: it stands from today, the old one stays."),
            do=Text("Save"),
        )
        self._seen = seen
        stands = seen.stands
        self.stance = Choice(
            [(None, looks.capital(stance_words(None)))]
            + [(step, looks.capital(stance_words(step))) for step in _STANCES],
            start=stands.stance,
        )
        self.influence = Choice(
            [(None, looks.capital(Text("not known"))), *((n, str(n)) for n in range(5, 0, -1))],
            start=stands.influence,
        )
        self.note = TextEditor(lines=2, hint=Text("what they did or said"))
        self.form.add("stance", Text("Stance to us"), self.stance, beside=False)
        self.form.add("influence", Text("Influence, 1 to 5"), self.influence, beside=False)
        self.form.add("note", Text("Evidence"), self.note, beside=False)
        self.keep_drafts({"stance": self.stance, "influence": self.influence, "note": self.note})

    def verb(self) -> Verb:
        stands, person, day = self._seen.stands, self._seen.person, self._seen.day
        given = (
            (What.STANCE, stands.stance, self.stance.value),
            (What.INFLUENCE, stands.influence, self.influence.value),
        )
        changed = [
            (what, "" if new is None else str(new)) for what, old, new in given if new != old
        ]
        note, account = self.note.toPlainText(), person.account
        if account is None:
            raise RuleBroken(Text("Say first at which customer the person is."), field="stance")
        if not changed:
            raise RuleBroken(Text("Nothing is judged otherwise than before."), field="stance")

        def verb(desk: "Workspace") -> ChangeSet:
            return judge(desk, AccountId(account), person.id, changed, day, note)

        return verb


def judge(
    desk: "Workspace",
    account: AccountId,
    person: Id,
    changed: list[tuple[What, str]],
    day: date,
    note: str,
) -> ChangeSet:
    """Save judgements of a person on the customer's own map, as one action."""
    chain = desk.chain.ask.map_of(account) or desk.chain.open_map(account)
    return desk.chain.judge(
        *(
            desk.chain.reading(chain, person, what, value, on=day, note=note)
            for what, value in changed
        )
    )


def day_typed(text: str, today: date, *, field: str, past: bool = False) -> date | None:
    """Return the day typed, None for nothing. Raises ``RuleBroken`` at the field.

    ``past``: one without a year is the last such day.
    """
    if not text.strip():
        return None
    day = read_day(text, today, field=field)
    typed_year = str(day.year) in text
    return day.replace(year=day.year - 1) if past and day > today and not typed_year else day
