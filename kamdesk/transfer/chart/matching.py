"""Which people and posts of a customer's file the rows of a foreign chart already are. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kamdesk.core.ids import PersonId, PostId
from kamdesk.domain.people.model import Person, Post
from kamdesk.transfer.alike import normal_name
from kamdesk.transfer.chart.chart import Chart, ChartRow


class Match(NamedTuple):
    """A row with the person and the post it is in the file; None where they are new."""

    row: ChartRow
    person: Person | None = None
    post: Post | None = None

    @property
    def new_person(self) -> bool:
        """True when the row names somebody the file does not know."""
        return bool(self.row.name) and self.person is None

    @property
    def names_post(self) -> bool:
        """True when the file knows the post without a title and the row has one."""
        return self.post is not None and not self.post.title and bool(self.row.title)

    @property
    def differs(self) -> bool:
        """True when the file has another title for the post; the file's stays."""
        if self.post is None or not (self.post.title and self.row.title):
            return False
        return normal_name(self.post.title) != normal_name(self.row.title)


def matched(
    chart: Chart,
    people: Iterable[Person],
    posts: Iterable[Post],
    post_of: Mapping[PersonId, Post],
    known: Mapping[str, PostId],
) -> list[Match]:
    """Return for each row whom and which post of the file it is.

    A person is one of the same name and title, else the only one of that name on both sides. A
    post is the person's own; else the one this key had in an earlier chart (``known``), or one
    of the same title and department, unless somebody else holds it.
    """
    by_name: dict[str, list[Person]] = {}
    for one in people:
        by_name.setdefault(normal_name(one.name), []).append(one)
    named = Counter(normal_name(row.name) for row in chart.rows if row.name)
    held = {post.id for post in post_of.values()}
    free = {post.id: post for post in posts if post.id not in held}
    found = []
    for row in chart.rows:
        alike = by_name.get(normal_name(row.name), []) if row.name else []
        person = _same(alike, row, post_of, alone=named[normal_name(row.name)] == 1)
        if person:
            alike.remove(person)
        post = post_of.get(person.id) if person else None
        post = post or (free.get(known[row.key]) if row.key in known else None)
        post = post or next((one for one in free.values() if _is(one, row)), None)
        if post:
            free.pop(post.id, None)
        found.append(Match(row, person, post))
    return found


def _same(
    alike: list[Person], row: ChartRow, post_of: Mapping[PersonId, Post], *, alone: bool
) -> Person | None:
    for person in alike:
        post = post_of.get(person.id)
        if post and row.title and normal_name(post.title) == normal_name(row.title):
            return person
    return alike[0] if alone and len(alike) == 1 else None


def _is(post: Post, row: ChartRow) -> bool:
    """True for a post of a row's title; of its department too, where both say one."""
    if not row.title or normal_name(post.title) != normal_name(row.title):
        return False
    both = post.department and row.department
    return not both or normal_name(post.department) == normal_name(row.department)
