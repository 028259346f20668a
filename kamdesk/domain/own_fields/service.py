"""What a user does with own fields: add, rename, order, retire; write their values."""

from dataclasses import replace

from kamdesk.core.changes import ChangeSet
from kamdesk.core.errors import RuleBroken
from kamdesk.core.ids import Id, OwnFieldId
from kamdesk.core.wording import Text
from kamdesk.domain.own_fields.model import Of, OwnField, Sort
from kamdesk.domain.own_fields.store import OWN_FIELD, OwnFieldStore
from kamdesk.storage.change import Seen
from kamdesk.storage.own_values import cell_of
from kamdesk.storage.storage import Storage


class OwnFields:
    """The verbs of own fields and their values, and the questions about them."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self.ask = OwnFieldStore(storage.reader)

    def new(self, name: str, of_kind: Of, sort: Sort = Sort.TEXT) -> OwnField:
        """Return a field not yet saved, behind the others of its kind."""
        last = max((one.place for one in self.ask.fields(of_kind, retired=True)), default=0)
        made = OwnFieldId(self._storage.new_id())
        return OwnField(id=made, name=name, of_kind=of_kind, sort=sort, place=last + 1)

    def add(self, field: OwnField) -> ChangeSet:
        """Save a new field. Raises ``RuleBroken`` at the field."""
        checked = field.checked()
        self._refuse_twin(checked)
        with self._storage.change(Text("Add the field “{name}”", name=checked.name)) as change:
            change.put(OWN_FIELD, checked)
        return change.touched

    def change(self, field: OwnField, *, base: OwnField) -> ChangeSet:
        """Save what the user changed of a field. Raises ``RuleBroken`` at the field.

        What it takes stays what it was: values already written would mean something else.
        """
        checked = field.checked()
        if (checked.sort, checked.of_kind) != (base.sort, base.of_kind):
            said = Text("What a field takes stays as it is. Retire this one and add another.")
            raise RuleBroken(said, field="sort")
        self._refuse_twin(checked)
        with self._storage.change(Text("Change the field “{name}”", name=base.name)) as change:
            change.put(OWN_FIELD, checked, base=base)
        return change.touched

    def move(self, field: OwnField, by: int) -> ChangeSet:
        """Move a field so many places on among those of its kind."""
        others = [one for one in self.ask.fields(field.of_kind, retired=True) if one != field]
        at = next((n for n, one in enumerate(others) if one.place > field.place), len(others))
        others.insert(min(max(at + by, 0), len(others)), field)
        with self._storage.change(Text("Move the field “{name}”", name=field.name)) as change:
            for place, one in enumerate(others, 1):
                change.put(OWN_FIELD, replace(one, place=place), base=one)
        return change.touched

    def retire(self, field: OwnField, *, back: bool = False) -> ChangeSet:
        """Offer a field no more; its values stay. ``back`` offers it again."""
        name = Text("Bring the field “{name}” back", name=field.name)
        if not back:
            name = Text("Retire the field “{name}”", name=field.name)
        with self._storage.change(name) as change:
            change.put(OWN_FIELD, replace(field, retired=not back), base=field)
        return change.touched

    def write(
        self, record: Id, field: OwnField, typed: str, *, seen: Seen | None = None
    ) -> ChangeSet:
        """Save what was typed as a record's value of a field; nothing takes the value away.

        Raises ``RuleBroken`` at ``value``.
        """
        stored = field.taken(typed, today=self._storage.clock.today()) or None
        kind = self._storage.catalogue[field.of_kind]
        has = self.ask.of_record(record).get(field.id)
        with self._storage.change(Text("Change “{field}”", field=field.name), seen=seen) as change:
            if stored != has:
                change.write(kind, record, {cell_of(field.id): stored})
        return change.touched

    def _refuse_twin(self, field: OwnField) -> None:
        for other in self.ask.fields(field.of_kind, retired=True):
            if other.id != field.id and other.name.casefold() == field.name.casefold():
                said = Text("There is a field “{name}” already.", name=other.name)
                if other.retired:
                    said = Text(
                        "There is a retired field “{name}” already: bring it back.",
                        name=other.name,
                    )
                raise RuleBroken(said, field="name")
