"""The log of a bundle, line by line: judged, and handed on as actions and ops."""

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.storage.carrying import StoredAction, StoredOp
from kamdesk.storage.erased_list import Listed
from kamdesk.storage.ops import Scope
from kamdesk.storage.storage import Storage
from kamdesk.transfer.bundle import form
from kamdesk.transfer.bundle.form import Line, Object, Unfit
from kamdesk.transfer.bundle.log_lines import take_action, take_op
from kamdesk.transfer.bundle.reading import BundleFile
from kamdesk.transfer.bundle.values import day, from_hex, text
from kamdesk.transfer.bundle.writer import forms_of


class LogReader:
    """Reads the lines that are no records: each is taken as it comes, in the order of the parts."""

    def __init__(self, storage: Storage, file: BundleFile) -> None:
        self._catalogue, self._file = storage.catalogue, file
        self.forms = forms_of(storage)
        self.erased: dict[bytes, Listed] = {}
        self.offered: list[Scope] = []
        self.actions = self.unknown = 0
        self.last = self._lid = 0

    def take(self, part: str, line: Line) -> StoredAction | StoredOp | None:
        """Return the action or op of a line, or None for a line of another part."""
        try:
            return self._taken(part, line.content)
        except Unfit as unfit:
            raise self.refused(part, line.number, unfit.said) from None

    def refused(self, part: str, number: int, reason: Text) -> RuleBroken:
        """Return the refusal of a line."""
        return self._file.refusal(form.at_line(part, number, reason))

    def _taken(self, part: str, line: Object) -> StoredAction | StoredOp | None:
        if part == form.ERASED:
            entry = Listed(text(line.get("kind")), text(line.get("at")))
            day(entry.day)
            self.erased[from_hex(line.get("id"))] = entry
            return None
        if part == form.OFFERED:
            account = line.get("account")
            audience = text(line.get("audience"))
            self.offered.append(Scope(from_hex(account) if account else None, audience))
            return None
        if "op" in line:
            op = take_op(self.forms, line)
            if op.lid <= self._lid:
                raise Unfit(Text("the changes are not in order."))
            self._lid = op.lid
            self.unknown += op.kind not in self._catalogue
            return op
        if "action" not in line:
            raise Unfit(Text("it is neither an action nor a change."))
        action = take_action(line)
        if action.id <= self.last:
            raise Unfit(Text("the actions are not in order."))
        self.last = action.id
        self.actions += 1
        return action
