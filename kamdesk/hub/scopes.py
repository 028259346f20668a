"""The numbers the log gives to scopes, remembered: they are added to and never change."""

from threading import Lock

from sqlalchemy import Connection, select

from kamdesk.hub.access import Scope
from kamdesk.hub.schema import SCOPE


class Numbers:
    """Numbers of one tenant's scopes, as far as committed; safe between threads.

    A database is put back from a backup under no running hub, so they hold as long as it runs.
    """

    def __init__(self, tenant: int) -> None:
        self._tenant, self._one_at_a_time = tenant, Lock()
        self._highest = 0
        self.number_of: dict[Scope, int] = {}
        self.scope_of: dict[int, Scope] = {}

    def learn(self, connection: Connection, highest: int) -> None:
        """Read what was added up to ``highest``, a number others have committed."""
        if highest <= self._highest:
            return
        with self._one_at_a_time:
            rows = connection.execute(
                select(SCOPE.c.scope, SCOPE.c.account, SCOPE.c.audience).where(
                    SCOPE.c.tenant == self._tenant,
                    SCOPE.c.scope > self._highest,
                    SCOPE.c.scope <= highest,
                )
            )
            for number, account, audience in rows:
                self.number_of[account, audience] = number
                self.scope_of[number] = (account, audience)
            self._highest = max(self._highest, highest)
