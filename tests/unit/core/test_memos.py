"""Forgetting what functions remember: all of ours, nobody else's."""

import functools

from kamdesk.core.memos import forget_memos


def memo(module: str) -> "functools._lru_cache_wrapper[str]":
    """Return a function of a module that remembers one word."""

    def spelt(word: str) -> str:
        return word

    spelt.__module__ = module
    made = functools.cache(spelt)
    made("瑞坪")
    return made


def test_all_of_ours_are_emptied_and_no_others() -> None:
    ours, windows, foreign = memo("kamdesk.search.x"), memo("kamdesk.desktop.x"), memo("other.x")
    forget_memos(but="kamdesk.desktop")
    assert [one.cache_info().currsize for one in (ours, windows, foreign)] == [0, 1, 1]
    forget_memos()
    assert [one.cache_info().currsize for one in (ours, windows, foreign)] == [0, 0, 1]
