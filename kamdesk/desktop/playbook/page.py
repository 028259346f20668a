"""The page of packs of rules: which is in force, its rules with on, off and thresholds; files."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent

from kamdesk.core.errors import Refusal
from kamdesk.core.wording import OwnWords, Text
from kamdesk.desktop import looks, theme
from kamdesk.desktop.list_page import ListPage
from kamdesk.desktop.pages import Crumb, Route
from kamdesk.desktop.panel_step import PanelStep
from kamdesk.desktop.playbook.columns import COLUMNS, RuleLine
from kamdesk.desktop.playbook.steps import COPY, CopyStep, RuleStep
from kamdesk.desktop.taking_back import undo_way
from kamdesk.desktop.theme import Tone, Type
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.editors import Choice
from kamdesk.desktop.widgets.labels import Fit, PlainLabel
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.dossier.playbook import Kept, file_content

if TYPE_CHECKING:
    from kamdesk.domain.playbook.model import Precision
    from kamdesk.workspace import Workspace


class Shown(NamedTuple):
    """What the page asks for: the packs, and how right each rule was."""

    packs: list[Kept]
    precision: "dict[str, Precision]"


class PlaybookPage(ListPage):
    """One pack at a time: what it is, whether it is in force, its rules."""

    title = Text("Playbook")
    follows = ("pack", "pack_choice", "verdict")
    keys = (
        ("U", Text("Use this pack")),
        ("O", Text("Rule on or off")),
        ("E", Text("Change the rule")),
        ("C", Text("Copy")),
    )

    def build(self) -> None:
        add = self.actions_here.add
        self._use = add("playbook.use", Text("Use this pack"), self._begin_use, keys="U",
                        icon="check")  # fmt: skip
        copy = add("playbook.copy", Text("Make a copy"), self._copy, keys="C", icon="copy")
        self._turn = add("playbook.turn", Text("Rule on or off"), self._switch, keys="O")
        self._edit = add("playbook.change", Text("Change the rule"), self._change, keys="E",
                         icon="pencil")  # fmt: skip
        self._drop = add("playbook.drop", Text("Delete the pack"), self._delete, keys="Del",
                         icon="trash-2")  # fmt: skip
        take = add("playbook.take", Text("Take in a pack"), self._take_in, keys="Ctrl+O",
                   icon="download")  # fmt: skip
        give = add("playbook.give", Text("Write to a file"), self._give_out, keys="Ctrl+S",
                   icon="upload")  # fmt: skip
        choose = add("playbook.pack", Text("Choose a pack"), self._choose, keys="P")
        self._shown = Shown([], {})
        self._wanted = ""
        self._own_only = Button.of(self._drop)
        self._use_button = Button.of(self._use, kind=Kind.PRIMARY)
        self._head = self.head(
            self.title,
            "",
            Button.of(take),
            Button.of(give),
            self._own_only,
            Button.of(copy),
            self._use_button,
        )
        self.packs = Choice([])
        self.packs.setAccessibleName(looks.said(choose.name))
        self.packs.currentIndexChanged.connect(lambda _: self._show_pack())
        self.about = PlainLabel("", Type.BODY, Tone.SECOND, fit=Fit.WRAP)
        self.bar(self.packs, wide=self.about)
        self.list = self.table(
            Text("Rules"),
            COLUMNS,
            key="playbook",
            two_lines=True,
            empty=EmptyState(
                "shield-check",
                Text("This pack has no rules"),
                Text("A pack of rules says what a decision chain is warned of. Take one in."),
                take,
            ),
        )
        self.list.opened.connect(lambda _: self._change())
        self.list.chosen.connect(lambda _: self._allow())
        self.list.sort("Weight", descending=True)
        self._allow()

    def crumbs(self) -> tuple[Crumb, ...]:
        return (Crumb(Text("Settings"), Route("settings")), Crumb(self.title))

    def resume(self, place: str) -> None:
        if place == COPY:
            self._copy()

    def reload(self) -> None:
        def question(desk: "Workspace") -> Shown:
            return Shown(desk.playbook.packs(), dict(desk.playbook.precision()))

        self.ask(question, self._show)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.about.setVisible(self.height() >= theme.now().px(400))

    # ---- showing

    @property
    def pack(self) -> Kept | None:
        """The pack that is looked at."""
        return next((kept for kept in self._shown.packs if kept.key == self.packs.value), None)

    def _show(self, shown: Shown) -> None:
        new = {kept.key for kept in shown.packs} - {kept.key for kept in self._shown.packs}
        taken_in = next(iter(new), "") if self._shown.packs and len(new) == 1 else ""
        wanted = taken_in or self._wanted or (self.pack.key if self.pack else "")
        self._shown, self._wanted = shown, ""
        self.packs.blockSignals(True)
        self.packs.offer(
            [
                (kept.key, Text("{name} · in force", name=kept.called))
                if kept.in_force
                else (kept.key, kept.called)
                for kept in shown.packs
            ]
        )
        in_force = next(kept.key for kept in shown.packs if kept.in_force)
        there = {kept.key for kept in shown.packs}
        self.packs.choose(wanted if wanted in there else in_force)
        self.packs.blockSignals(False)
        self._show_pack()

    def _show_pack(self) -> None:
        kept = self.pack
        if kept is None:
            return
        self.about.say(OwnWords(kept.pack.about) if kept.pack.about else Text("No description."))
        right = self._shown.precision
        self.list.show_lines(
            RuleLine(rule.id, rule, right.get(rule.id)) for rule in kept.pack.rules
        )
        titles = [column.name for column in self.list.model.columns]
        self.list.view.setColumnHidden(titles.index("Warnings"), not right)
        self.list.seen.lay_out()
        count = sum(rule.on for rule in kept.pack.rules)
        self._head.remark.say(
            looks.joined(
                Text("in force") if kept.in_force else Text("not in force"),
                Text("{n} rule on", "{n} rules on", n=count),
                Text("comes with KamDesk") if kept.own is None else Text("your own"),
            )
        )
        self._allow()

    def _allow(self) -> None:
        kept, line = self.pack, self.list.current
        usable = kept is not None and not kept.in_force
        own = kept is not None and kept.own is not None
        for action, button, may in (
            (self._use, self._use_button, usable),
            (self._drop, self._own_only, own),
        ):
            action.enable(may)
            button.setVisible(may)
        for action in (self._turn, self._edit):
            action.enable(line is not None)

    # ---- doing

    def _choose(self) -> None:
        self.packs.setFocus()
        self.packs.showPopup()

    def _begin_use(self) -> None:
        if (kept := self.pack) is None:
            return
        said = Text("“{name}” is in force: chains are judged by it.", name=kept.called)
        back = undo_way(self.workbench, self.around.say)
        self.do(
            lambda desk: desk.playbook.use(kept.key),
            lambda _: self.around.say(said, way_out=back),
        )

    def _switch(self) -> None:
        kept, line = self.pack, self.list.current
        if kept is None or line is None:
            return
        if kept.own is None:
            self._copy()
            return
        self.do(lambda desk: desk.playbook.set_rule(kept, line.id, on=not line.rule.on))

    def _change(self) -> None:
        kept, line = self.pack, self.list.current
        if kept is None or line is None:
            return
        if kept.own is None:
            self._copy()
            return
        self.begin(RuleStep(self, kept, line.rule))

    def _copy(self) -> None:
        if (kept := self.pack) is not None:
            self.begin(CopyStep(self, kept))

    def begin(self, step: PanelStep) -> None:
        super().begin(step)
        QTimer.singleShot(30, step, self._see_current)

    def _see_current(self) -> None:
        """Keep the rule in sight: beside the panel the list is lower."""
        self.list.view.scrollTo(self.list.view.currentIndex())

    def _delete(self) -> None:
        if (kept := self.pack) is None:
            return
        said = Text("Deleted: {name}.", name=kept.called)
        back = undo_way(self.workbench, self.around.say)
        self.do(
            lambda desk: desk.playbook.drop(kept),
            lambda _: self.around.say(said, way_out=back),
        )

    def _take_in(self) -> None:
        from kamdesk.desktop.files import ask_for_file

        path = ask_for_file(self, Text("Take in a pack"), Text("Packs of rules"), "*.json *.toml")
        if path is None:
            return
        said = Text("The pack is kept. Press U to use it.")
        self.do(
            lambda desk: desk.playbook.take_in(file_content(path)),
            lambda _: self.around.say(said),
        )

    def _give_out(self) -> None:
        from kamdesk.desktop.files import ask_where_to

        if (kept := self.pack) is None:
            return
        name = looks.said(kept.called)
        path = ask_where_to(self, Text("Write to a file"), name, Text("Pack of rules"), ".json")
        if path is None:
            return

        def write(_: "Workspace") -> str:
            from kamdesk.domain.chain.pack_file import write_pack
            from kamdesk.transfer.writers.whole_file import whole_file

            with whole_file(path) as file:
                file.write(write_pack(kept.pack).encode())
            return path.name

        def failed(refusal: Refusal) -> None:
            self.around.say(refusal.said)

        self.ask(
            write,
            lambda file: self.around.say(Text("The pack is in {file}.", file=file)),
            failed,
            key="give",
        )
