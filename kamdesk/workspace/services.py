"""One opened workspace and its services, wired in one place; it never grows verbs of its own."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kamdesk.core.clock import Clock, SystemClock, days_between, read_day
from kamdesk.core.ids import Ids
from kamdesk.domain.origins.store import OriginStore
from kamdesk.dossier.kinds import KINDS
from kamdesk.storage.catalogue import Catalogue
from kamdesk.storage.layout import DATABASE
from kamdesk.storage.storage import Storage

if TYPE_CHECKING:
    from kamdesk.domain.access_plans.service import AccessPlans
    from kamdesk.domain.accounts.service import Accounts
    from kamdesk.domain.appointments.service import Appointments
    from kamdesk.domain.cadence.service import Cadence
    from kamdesk.domain.chain.service import Chain
    from kamdesk.domain.files.service import Files
    from kamdesk.domain.filters.service import Filters
    from kamdesk.domain.lifecycle.service import Lifecycle
    from kamdesk.domain.opportunities.service import Opportunities
    from kamdesk.domain.own_fields.service import OwnFields
    from kamdesk.domain.patterns.service import Patterns
    from kamdesk.domain.people.service import People
    from kamdesk.domain.promises.service import Promises
    from kamdesk.domain.team.service import Team
    from kamdesk.domain.travel.service import OwnHabits
    from kamdesk.domain.visits.service import Visits
    from kamdesk.domain.working_days.service import WorkingDays
    from kamdesk.dossier.bulk_change import BulkChange
    from kamdesk.dossier.person_rights import Rights
    from kamdesk.dossier.playbook import Playbook
    from kamdesk.dossier.seating import Seating
    from kamdesk.search.query import Search
    from kamdesk.storage.backups import Backups
    from kamdesk.storage.database import Connection
    from kamdesk.storage.drafts import Drafts
    from kamdesk.storage.followers import Follower
    from kamdesk.storage.history import History
    from kamdesk.storage.list_mappings import ListMappings
    from kamdesk.storage.opening import Opened
    from kamdesk.storage.soundness import Soundness
    from kamdesk.storage.undo import Undo
    from kamdesk.transfer.bundle.service import Bundles
    from kamdesk.transfer.calendar.imports import CalendarImports
    from kamdesk.transfer.imports import Imports


def catalogue() -> Catalogue:
    """Return the catalogue of all kinds."""
    return Catalogue(KINDS)


class Workspace:
    """A workspace open for reading, or for reading and writing. Has no threads of its own."""

    def __init__(
        self,
        connection: "Connection",
        *,
        folder: Path | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
        readonly: bool = False,
        opened: "Opened | None" = None,
    ) -> None:
        self.folder: Final = folder
        self._own_clock: Final = clock or SystemClock()
        self.clock: Final = _on_its_day(connection, self._own_clock)
        self.opened: Final = opened
        self.storage: Final = Storage(
            connection,
            catalogue(),
            clock=self.clock,
            ids=ids,
            followers=followers(),
            readonly=readonly,
        )

    @cached_property
    def accounts(self) -> "Accounts":
        """Customers, their sites and groups."""
        from kamdesk.domain.accounts.service import Accounts

        return Accounts(self.storage)

    @cached_property
    def own_fields(self) -> "OwnFields":
        """Fields the workspace adds to customers, people and visits; their values."""
        from kamdesk.domain.own_fields.service import OwnFields

        return OwnFields(self.storage)

    @cached_property
    def filters(self) -> "Filters":
        """Filters of lists that have a name."""
        from kamdesk.domain.filters.service import Filters

        return Filters(self.storage)

    @cached_property
    def habits(self) -> "OwnHabits":
        """How the user works and drives, and the ways learnt."""
        from kamdesk.domain.travel.service import OwnHabits

        return OwnHabits(self.storage)

    @cached_property
    def appointments(self) -> "Appointments":
        """Appointments of one's own, from other programs' calendars."""
        from kamdesk.domain.appointments.service import Appointments

        return Appointments(self.storage)

    @cached_property
    def bulk(self) -> "BulkChange":
        """One change to many customers."""
        from kamdesk.dossier.bulk_change import BulkChange

        return BulkChange(self.storage)

    @cached_property
    def people(self) -> "People":
        """People, posts, ways of contact, needs."""
        from kamdesk.domain.people.service import People

        return People(self.storage)

    @cached_property
    def rights(self) -> "Rights":
        """What people may ask of us: what is held, to be left alone, to be forgotten."""
        from kamdesk.dossier.person_rights import Rights

        return Rights(self.storage, self.folder)

    @cached_property
    def team(self) -> "Team":
        """Our own side."""
        from kamdesk.domain.team.service import Team

        return Team(self.storage)

    @cached_property
    def chain(self) -> "Chain":
        """Decision-chain maps."""
        from kamdesk.domain.chain.service import Chain

        return Chain(self.storage)

    @cached_property
    def opportunities(self) -> "Opportunities":
        """What may be sold to customers."""
        from kamdesk.domain.opportunities.service import Opportunities

        return Opportunities(self.storage)

    @cached_property
    def seating(self) -> "Seating":
        """People put on maps with post and boss; empty seats filled."""
        from kamdesk.dossier.seating import Seating

        return Seating(self.storage)

    @cached_property
    def access_plans(self) -> "AccessPlans":
        """Executive engagement plans."""
        from kamdesk.domain.access_plans.service import AccessPlans

        return AccessPlans(self.storage)

    @cached_property
    def playbook(self) -> "Playbook":
        """Packs of rules, and how right their warnings were."""
        from kamdesk.dossier.playbook import Playbook

        return Playbook(self.storage)

    @cached_property
    def visits(self) -> "Visits":
        """Visits, attendees, facts."""
        from kamdesk.domain.visits.service import Visits

        return Visits(self.storage)

    @cached_property
    def promises(self) -> "Promises":
        """Promises of both sides."""
        from kamdesk.domain.promises.service import Promises

        return Promises(self.storage)

    @cached_property
    def lifecycle(self) -> "Lifecycle":
        """Standing tasks of a customer's phase."""
        from kamdesk.domain.lifecycle.service import Lifecycle

        return Lifecycle(self.storage)

    @cached_property
    def working_days(self) -> "WorkingDays":
        """Holiday lists, and when one of us is away."""
        from kamdesk.domain.working_days.service import WorkingDays

        return WorkingDays(self.storage)

    @cached_property
    def patterns(self) -> "Patterns":
        """Patterns of visits that come round again."""
        from kamdesk.domain.patterns.service import Patterns

        return Patterns(self.storage)

    @cached_property
    def cadence(self) -> "Cadence":
        """How often whom: agreements and pauses."""
        from kamdesk.domain.cadence.service import Cadence

        return Cadence(self.storage)

    @cached_property
    def files(self) -> "Files":
        """Files kept with customers."""
        from kamdesk.domain.files.service import Files

        return Files(self.storage)

    @cached_property
    def origins(self) -> OriginStore:
        """Keys of records in other systems."""
        return OriginStore(self.storage.reader)

    @cached_property
    def imports(self) -> "Imports":
        """Foreign files."""
        from kamdesk.transfer.imports import Imports

        before = self.backups.before_import if self.opened else None
        return Imports(self.storage, before=before)

    @cached_property
    def calendar_files(self) -> "CalendarImports":
        """Calendars of other programs, as files."""
        from kamdesk.transfer.calendar.imports import CalendarImports

        before = self.backups.before_import if self.opened else None
        return CalendarImports(self.storage, before=before)

    @cached_property
    def list_mappings(self) -> "ListMappings":
        """How foreign lists were mapped before."""
        from kamdesk.storage.list_mappings import ListMappings

        return ListMappings(self.storage)

    @cached_property
    def bundles(self) -> "Bundles":
        """Everything out into an open bundle, and in from one."""
        from kamdesk.transfer.bundle.service import Bundles

        before = self.backups.before_import if self.opened else None
        return Bundles(self.storage, before=before)

    @cached_property
    def backups(self) -> "Backups":
        """Verified copies of the file. Only for a workspace opened in a folder of its own."""
        from kamdesk.storage.backups import Backups

        if self.opened is None:
            raise LookupError("a workspace without a folder has no backups")
        it = self.opened
        return Backups(it.folder, it.connection, it.key, it.salt, self._own_clock)

    @cached_property
    def search(self) -> "Search":
        """Finding by name, number and words."""
        from kamdesk.search.query import Search

        return Search(self.storage)

    @cached_property
    def history(self) -> "History":
        """Who changed what."""
        from kamdesk.storage.history import History

        return History(self.storage)

    @cached_property
    def undo(self) -> "Undo":
        """Undo and redo."""
        from kamdesk.storage.undo import Undo

        return Undo(self.storage)

    @cached_property
    def drafts(self) -> "Drafts":
        """What was typed and not saved yet."""
        from kamdesk.storage.drafts import Drafts

        return Drafts(self.storage)

    @cached_property
    def soundness(self) -> "Soundness":
        """The weekly look through the whole file."""
        from kamdesk.storage.soundness import Soundness

        if self.opened is None:
            raise LookupError("a workspace without a folder is not looked through")
        return Soundness(self.storage, self.opened.folder / DATABASE)

    def close(self) -> None:
        """Close the file and let others write."""
        self.storage.close()
        if self.opened is not None:
            self.opened.close()


def _on_its_day(connection: "Connection", clock: Clock) -> Clock:
    """Return the clock of an invented territory that stays on its day; else the clock given."""
    if not isinstance(clock, SystemClock):
        return clock
    row = connection.execute("SELECT value FROM state WHERE key = 'stays_on'").fetchone()
    day = read_day(row[0]) if row else None
    return replace(clock, ahead_days=days_between(clock.today(), day)) if day else clock


def followers() -> "tuple[Follower, ...]":
    """Return what keeps derived tables true, in the order they need."""
    from kamdesk.domain.files.store import Contents
    from kamdesk.dossier.standing import Standing
    from kamdesk.search.index import SearchIndex

    standing, search = Standing(), SearchIndex(catalogue())
    return (Contents(), standing, search)  # search weighs by standing: it comes after
