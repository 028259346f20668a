"""To which post another one reports, by days: the one way in which that is written."""

from dataclasses import replace
from typing import Final

from kamdesk.core.clock import Day
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, PostId
from kamdesk.core.wording import Text
from kamdesk.domain.people.model import Post, Reporting
from kamdesk.domain.people.posts import POST, REPORTING, bosses_on
from kamdesk.domain.people.store import PersonStore
from kamdesk.storage.change import Change
from kamdesk.storage.storage import Storage

_ARROW: Final = " → "


class ReportingLines:
    """Writes reporting lines, so that dated lines and ``Post.reports_to`` never disagree."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._ask = PersonStore(storage.reader)

    def put(
        self,
        change: Change,
        post: PostId,
        boss: PostId | None,
        *,
        on: Day,
        visit: Id | None = None,
        sureness: str = "",
        note: str = "",
    ) -> None:
        """Let a post report to another from a day on (None: to nobody), within a larger change.

        Before that day all stays as it was. Raises ``RuleBroken`` for a circle, naming who is in
        it.
        """
        now = self._ask.post(post)
        line = Reporting(
            id=self._storage.new_id(),
            account=now.account,
            post=post,
            boss=boss,
            valid_from=on,
            visit=visit,
            sureness=sureness,
            note=note,
        ).checked()
        before = self._ask.reportings(now.account) if now.account else []
        mine = [one for one in before if one.post == post]
        added = [line]
        if not mine and now.reports_to is not None:
            first = Reporting(
                id=self._storage.new_id(), account=now.account, post=post, boss=now.reports_to
            )
            added.insert(0, first)
        self._refuse_circle(now, line, [*before, *added])
        same = next((one for one in reversed(mine) if one.valid_from == on), None)
        if same is not None:
            change.put(REPORTING, replace(line, id=same.id), base=same)
        else:
            for one in added:
                change.put(REPORTING, one)
        if not any(one.valid_from and one.valid_from > on for one in mine):
            change.put(POST, replace(now, reports_to=boss), base=now)

    def _refuse_circle(self, post: Post, line: Reporting, lines: list[Reporting]) -> None:
        """Follow the line upwards on every day from its own on until it is followed by another."""
        on = line.valid_from
        if post.account is None or line.boss is None or on is None:
            return
        posts = self._ask.posts(post.account)
        ordered = sorted(lines, key=lambda one: one.valid_from or Day.min)
        days = {one.valid_from for one in lines if one.valid_from and one.valid_from >= on}
        for day in sorted(days):
            bosses = bosses_on(posts, ordered, day)
            way = [post.id]
            while (above := bosses.get(way[-1])) and above not in way:
                way.append(above)
            if above == post.id and len(way) > 1:
                self._refuse(posts, [*way, post.id])

    def _refuse(self, posts: list[Post], way: list[PostId]) -> None:
        titles = {post.id: post.title for post in posts}
        holders = {one: self._ask.holder_of(one) for one in way}
        names = [holder.name if (holder := holders[one]) else titles.get(one) or "?" for one in way]
        raise RuleBroken(
            Text(
                "Then the reporting line would run in a circle: {people}. Choose another boss.",
                people=_ARROW.join(names),
            ),
            field="reports_to",
        )
