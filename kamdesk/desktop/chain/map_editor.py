"""What is said of a map as a whole: its name, how they decide; the last way to be rid of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from kamdesk.core.changes import ChangeSet
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.chain.person_editor import ChainStep
from kamdesk.desktop.record_step import Verb
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.widgets.buttons import Button
from kamdesk.desktop.widgets.editors import LineEditor, TextEditor
from kamdesk.domain.chain.model import Map

if TYPE_CHECKING:
    from kamdesk.desktop.chain.page import ChainPage


class AboutMap:
    """Gives a page the key Shift+M, which opens the form about its map in the panel."""

    def __init__(self, page: "ChainPage") -> None:
        self._page = page
        page.actions_here.add(
            "chain.map", Text("About this map"), self.begin, keys="Shift+M", icon="map"
        )

    def begin(self) -> None:
        """Open the form of the map that is seen."""
        page = self._page
        chain = page.shown.now.map if page.shown else None
        if page.supposed is not None:
            page.around.say(Text("While you suppose, nothing is saved. Esc leaves what if."))
        elif page.may_edit() and chain is None:
            page.around.say(Text("Put somebody on the map first."))
        elif page.may_edit() and chain is not None:
            page.surroundings.panel.forms.begin(MapEditor(page, chain))

    def resume(self, record: str) -> None:
        """Open the form whose draft is of this map, where it is the one that is seen."""
        chain = self._page.shown.now.map if self._page.shown else None
        if chain is not None and chain.id.hex() == record:
            self.begin()


class MapEditor(ChainStep):
    """A map's name and how they decide. The customer's own map has no name and stays."""

    def __init__(self, page: "ChainPage", chain: Map) -> None:
        super().__init__(
            page,
            Text("About this map"),
            f"map:{chain.id.hex()}",
            Text("How they decide is judged by the rules and stands on top of papers."),
        )
        self._chain, self._on = chain, page
        self.name = LineEditor(chain.name)
        self.decides = TextEditor(
            chain.decision_way, lines=3, hint=Text("who proposes, who examines, who settles")
        )
        if chain.name:
            self.form.add("name", Text("Name"), self.name, beside=False)
        self.form.add("decision_way", Text("How they decide"), self.decides, beside=False)
        if chain.name:
            away = Button(Text("Delete this map"), icon="trash-2")
            away.clicked.connect(self._delete)
            self.column.addWidget(away)
        self.keep_drafts({name: row.editor for name, row in self.form.rows.items()})

    def verb(self) -> Verb:
        base = self._chain
        changed = replace(base, name=self.name.text(), decision_way=self.decides.toPlainText())
        return lambda desk: desk.chain.change_map(changed, base=base)

    def _delete(self) -> None:
        page, chain = self._on, self._chain
        said = Text("Deleted: {name}.", name=looks.cut(chain.name, 60))

        def gone(changes: ChangeSet) -> None:
            self._saved(changes)
            page.around.say(said, way_out=undo_way(page.workbench, page.around.say))
            page.go("chain", page.account)

        page.do(lambda desk: desk.chain.drop_map(chain), gone)
