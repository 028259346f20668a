"""The key a record has in another system: what makes an import of the same file change nothing."""

from dataclasses import dataclass

from kamdesk.core.ids import AccountId, Id, linked_id


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAs:
    """``record`` (of kind ``of_kind``) is ``key`` in ``source`` (a Salesforce id, a ticker).

    ``digest`` stands for the row as it was last taken: the same row again says nothing new, also
    when the record was edited here since.
    """

    id: Id
    account: AccountId | None
    source: str
    key: str
    of_kind: str
    record: Id
    digest: bytes = b""

    @staticmethod
    def of(
        source: str,
        key: str,
        of_kind: str,
        record: Id,
        account: AccountId | None,
        *,
        digest: bytes = b"",
    ) -> "KnownAs":
        """Return the link; its id follows from source, key and kind."""
        return KnownAs(
            id=linked_id("known_as", source.encode(), key.encode(), of_kind.encode(), record),
            account=account,
            source=source,
            key=key,
            of_kind=of_kind,
            record=record,
            digest=digest,
        )
