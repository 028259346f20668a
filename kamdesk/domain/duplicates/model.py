"""Two records that resemble each other and are not the same: said once, never asked again."""

from dataclasses import dataclass

from kamdesk.core.ids import Id, linked_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSame:
    """``first`` and ``second``, of kind ``of_kind`` (account, person), are two."""

    id: Id
    of_kind: str
    first: Id
    second: Id

    @staticmethod
    def of(of_kind: str, one: Id, other: Id) -> "NotSame":
        """Return the saying; its id follows from the two, in whichever order they are given."""
        first, second = sorted((one, other))
        return NotSame(
            id=linked_id("not_same", first, second), of_kind=of_kind, first=first, second=second
        )
