"""A record as a line of a bundle, and such a line as a record to store."""

from typing import Any, Final

from kamdesk.core.wording import Text
from kamdesk.storage.carrying import StoredRecord
from kamdesk.storage.catalogue import is_own, nothing, own_cell
from kamdesk.transfer.bundle.form import Object, Unfit
from kamdesk.transfer.bundle.values import KindForm, from_hex

RESERVED: Final = frozenset({"id", "gone", "contested"})
"""What stands in a record's line beside its cells."""


def record_line(form: KindForm, record: StoredRecord) -> Object:
    """Return a record as it stands; what says nothing is left out."""
    line: Object = {"id": record.id.hex()}
    if record.gone:
        line["gone"] = True
    if record.contested:
        line["contested"] = record.contested
    for cell in form.kind.cells:
        value = record.values.get(cell.name)
        if cell.name in record.links:
            line[cell.name] = form.write(cell, record.links[cell.name])
        elif not nothing(value):
            line[cell.name] = form.write(cell, value)
    own = sorted(name for name in record.values if is_own(name))
    return line | {name: form.write(own_cell(name), record.values[name]) for name in own}


def take_record(form: KindForm, line: Object) -> tuple[StoredRecord, list[str]]:
    """Return the record of a line, and the names in it that are unknown here. Raises ``Unfit``."""
    values: dict[str, Any] = {}
    links: dict[str, list[Any]] = {}
    strangers = []
    for name, value in line.items():
        cell = form.kind.by_name.get(name)
        if cell is not None and not cell.columns:
            if targets := form.take(cell, value):
                links[name] = sorted(targets)
        elif cell is not None:
            values[name] = form.take(cell, value)
        elif name not in RESERVED:
            strangers.append(name)
    if line.get("gone", True) is not True:
        raise Unfit(Text("“gone” is true or left out."))
    record = from_hex(line.get("id"))
    return StoredRecord(record, "gone" in line, values, links, []), strangers
