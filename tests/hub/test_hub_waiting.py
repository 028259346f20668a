"""Long polls: woken by news of their own scopes only, one look for all, let go at the end."""

import asyncio
from collections.abc import Awaitable, Callable

from kamdesk.hub.online.waiting import Scopes, Waiting

MINE: Scopes = frozenset({("a" * 32, "internal")})
THEIRS: Scopes = frozenset({("b" * 32, "internal")})


class Log:
    """A log that grows by hand and counts how often it is looked at."""

    def __init__(self) -> None:
        self.head, self.whose, self.looks = 10, frozenset(), 0

    async def look(self, _tenant: int, place: int) -> tuple[int, Scopes | None]:
        self.looks += 1
        return self.head, self.whose if self.head > place else frozenset()

    def grow(self, whose: Scopes | None) -> None:
        self.head += 1
        self.whose = whose


def played(story: Callable[[Log, Waiting], Awaitable[None]]) -> Log:
    log = Log()

    async def play() -> None:
        await story(log, Waiting(log.look, every=0.01))

    asyncio.run(asyncio.wait_for(play(), 20))
    return log


async def settled(waiting: Waiting, many: int) -> None:
    while waiting.many != many:
        await asyncio.sleep(0)


def test_who_waits_hears_of_its_own_scopes_at_once() -> None:
    async def story(log: Log, waiting: Waiting) -> None:
        heard = asyncio.create_task(waiting.news(1, MINE, 10, 15))
        await settled(waiting, 1)
        log.grow(MINE)
        waiting.nudge()
        assert await heard

    played(story)


def test_news_of_others_wakes_nobody_and_rights_wake_everybody() -> None:
    async def story(log: Log, waiting: Waiting) -> None:
        heard = asyncio.create_task(waiting.news(1, MINE, 10, 15))
        await settled(waiting, 1)
        log.grow(THEIRS)
        seen = log.looks
        while log.looks < seen + 3:
            await asyncio.sleep(0.01)
        assert not heard.done()
        log.grow(None)
        assert await heard

    played(story)


def test_a_hundred_wait_by_one_look() -> None:
    async def story(log: Log, waiting: Waiting) -> None:
        tasks = [asyncio.create_task(waiting.news(1, MINE, 10, 15)) for _ in range(100)]
        await settled(waiting, 100)
        log.grow(MINE)
        waiting.nudge()
        assert await asyncio.gather(*tasks) == [True] * 100

    assert played(story).looks < 10


def test_nobody_looks_while_nobody_waits() -> None:
    async def story(log: Log, waiting: Waiting) -> None:
        assert not await waiting.news(1, MINE, 10, 0.03)
        assert waiting.many == 0
        await asyncio.sleep(0.03)
        looks = log.looks
        await asyncio.sleep(0.05)
        assert log.looks == looks

    played(story)


def test_all_are_let_go_when_the_hub_ends() -> None:
    async def story(_log: Log, waiting: Waiting) -> None:
        tasks = [asyncio.create_task(waiting.news(1, MINE, 10, 600)) for _ in range(3)]
        await settled(waiting, 3)
        waiting.stop()
        assert await asyncio.gather(*tasks) == [False] * 3
        assert not await waiting.news(1, MINE, 10, 600)

    played(story)


def test_a_look_that_fails_once_does_not_end_the_waiting() -> None:
    async def story(log: Log, waiting: Waiting) -> None:
        good, waiting._look = waiting._look, _failing(log)
        heard = asyncio.create_task(waiting.news(1, MINE, 10, 15))
        await settled(waiting, 1)
        while log.looks < 2:
            await asyncio.sleep(0.01)
        waiting._look = good
        log.grow(MINE)
        assert await heard

    played(story)


def _failing(log: Log) -> Callable[[int, int], Awaitable[tuple[int, Scopes | None]]]:
    async def fail(_tenant: int, _place: int) -> tuple[int, Scopes | None]:
        log.looks += 1
        raise OSError("the database is away")

    return fail
