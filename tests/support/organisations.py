"""Makes organisations up: a tree of bosses, ties across it, departments."""

import random

from kamdesk.figures.chain import Box, Card, ChainMap, Tie


def an_organisation(
    people: int, *, seed: int = 1, ties: float = 1.2, departments: bool = False
) -> ChainMap:
    """Return a customer: at most seven reports a head, ``ties`` a person beside the reports."""
    chance = random.Random(seed)
    boss: dict[int, int | None] = {0: None}
    for person in range(1, people):
        free = [one for one in boss if list(boss.values()).count(one) < 7]
        boss[person] = chance.choice(free[: max(1, len(free) * 2 // 3)])
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < min(int(people * ties), people * (people - 1) // 4):
        one, other = chance.sample(range(people), 2)
        if boss[one] != other and boss[other] != one:
            pairs.add((one, other))

    def department(person: int) -> str | None:
        above = boss[person]
        if above is None:
            return None
        return f"department of {person}" if above == 0 else department(above)

    groups = {person: department(person) if departments else None for person in boss}
    return ChainMap(
        cards=tuple(
            Card(
                id=str(person),
                name=f"Person {person}",
                reports_to=None if above is None else str(above),
                group=groups[person],
                decides=above is None,
            )
            for person, above in boss.items()
        ),
        ties=tuple(
            Tie(id=f"tie {number}", source=str(one), target=str(other))
            for number, (one, other) in enumerate(sorted(pairs))
        ),
        boxes=tuple(
            Box(id=group, name=group) for group in sorted(set(filter(None, groups.values())))
        ),
    )


def bosses_of(content: ChainMap) -> dict[str, str | None]:
    """Return who reports to whom."""
    return {card.id: card.reports_to for card in content.cards}
