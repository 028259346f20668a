"""Sample pages on invented rows: what the shots show of the frame by itself."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtWidgets import QWidget

from kamdesk.core.errors import RuleBroken
from kamdesk.core.wording import Text
from kamdesk.desktop import looks
from kamdesk.desktop.application import Application
from kamdesk.desktop.first_run.flow import FirstRun
from kamdesk.desktop.first_run.verbs import FirstRunVerbs
from kamdesk.desktop.main_window import MainWindow
from kamdesk.desktop.pages import Crumb, Page, PageKind, Route
from kamdesk.desktop.sheets import Sheet
from kamdesk.desktop.shots import LARGE, SMALL, Scene, settle
from kamdesk.desktop.theme import Tone
from kamdesk.desktop.widgets.buttons import Button, Kind
from kamdesk.desktop.widgets.columns import Align, Column
from kamdesk.desktop.widgets.editors import Choice, LineEditor, TextEditor, TickBox
from kamdesk.desktop.widgets.facts import Fact, FactsStrip, Tag
from kamdesk.desktop.widgets.fields import Form
from kamdesk.desktop.widgets.panes import SidePanel, ToolBar, TwoColumns
from kamdesk.desktop.widgets.segmented import SegmentedControl
from kamdesk.desktop.widgets.states import EmptyState
from kamdesk.desktop.widgets.tabs import TabStrip
from kamdesk.desktop.workbench import Workbench
from kamdesk.settings import Remembered

TODAY: Final = date(2026, 3, 12)


class AccountLine(NamedTuple):
    """An account as lists show it."""

    id: bytes
    name: str
    pinyin: str
    group: str
    last: date
    overdue: int
    city: str


class SampleDesk:
    """A desk with invented customers."""

    def __init__(self, accounts: int = 200) -> None:
        heads, sounds = _both(
            "澜川 承岳 北屏 景澄 恒汀 曦和 溪谷 青沅 鹭洲 远岫",
            "lanchuan chengyue beiping jingcheng hengting xihe xigu qingyuan luzhou yuanxiu",
        )
        tails = "精密轴承 钢铁 重工 光电 造纸 电力设备 食品 能源 港务 水泥"
        names = [(h + t, s) for t in tails.split() for h, s in zip(heads, sounds, strict=True)]
        self.accounts = [
            AccountLine(
                id=n.to_bytes(16, "big"),
                name=names[n % 100][0] + ("" if n < 100 else "二厂"),
                pinyin=names[n % 100][1],
                group=("core", "potential", "maintain")[n % 3],
                last=TODAY - timedelta(days=n * 7 % 190),
                overdue=(n * 7 % 61) - 30,
                city=["无锡", "江阴", "嘉定", "苏州", "常熟", "太仓", "昆山", "南通"][n % 8],
            )
            for n in range(accounts)
        ]


def _both(*words: str) -> list[list[str]]:
    return [line.split() for line in words]


GROUPS: Final = {
    "core": Text("Core"),
    "potential": Text("High potential"),
    "maintain": Text("Maintain"),
}


def _due(line: AccountLine) -> Text:
    if line.overdue > 0:
        return Text("{n} d late", n=line.overdue)
    return Text("in {n} d", n=-line.overdue) if line.overdue else Text("due today")


COLUMNS: Final = (
    Column[AccountLine](
        Text("Account"),
        show=lambda line: line.name,
        sort_by=lambda line: line.pinyin,
        found=lambda line: line.pinyin,
        strong=True,
    ),
    Column[AccountLine](
        Text("Class"), show=lambda line: GROUPS[line.group], sort_by=lambda line: line.group
    ),
    Column[AccountLine](
        Text("Last contact"),
        show=lambda line: looks.day(line.last, today=TODAY),
        sort_by=lambda line: line.last,
    ),
    Column[AccountLine](Text("City"), show=lambda line: line.city, width=120),
    Column[AccountLine](
        Text("Overdue"),
        show=_due,
        sort_by=lambda line: line.overdue,
        align=Align.RIGHT,
        width=120,
        tone=lambda line: Tone.BRICK if line.overdue > 0 else Tone.SECOND,
    ),
)


class AccountsPage(Page[SampleDesk]):
    """A list of customers."""

    title = Text("Accounts")
    scrolls = False
    follows = ("account",)
    keys = (
        ("/", Text("Filter")),
        ("J+K", Text("Move")),
        ("Enter", Text("Open")),
        ("?", Text("All shortcuts")),
    )

    def build(self) -> None:
        add = self.actions_here.add(
            "account.new", Text("New account"), print, keys="N", icon="plus"
        )
        self._head = self.head(
            Text("Accounts"),
            "",
            Button(Text("Import"), icon="download"),
            Button.of(add, kind=Kind.PRIMARY),
        )
        self.list = self.table(
            Text("Accounts"),
            COLUMNS,
            key="accounts",
            empty=EmptyState(
                "building-2",
                Text("No accounts yet"),
                Text("Customers you look after stand here. Import a list, or enter the first one."),
                add,
            ),
        )
        self.list.opened.connect(lambda line: self.go("account", line.id))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.list,)

    def reload(self) -> None:
        self.ask(lambda desk: desk.accounts, self._show)

    def _show(self, lines: list[AccountLine]) -> None:
        self._head.remark.say(Text("{n} account", "{n} accounts", n=len(lines)))
        self.list.show_lines(lines)


class AccountPage(Page[SampleDesk]):
    """One customer: facts, tabs, a form, tags."""

    title = Text("Account")
    keys = (("Ctrl+Tab", Text("Next tab")), ("N", Text("New visit")), ("?", Text("All shortcuts")))

    def crumbs(self) -> tuple[Crumb, ...]:
        return Crumb(Text("Accounts"), Route("accounts")), Crumb("澜川精密轴承")

    def build(self) -> None:
        top = Sheet(scrolls=False, foot=12)
        top.head(
            "澜川精密轴承有限公司",
            "KA-0173",
            Button(Text("Visit brief"), icon="file-text", keys="B"),
            Button(Text("New visit"), icon="calendar-plus", keys="N", kind=Kind.PRIMARY),
        )
        top.space(12)
        top.add(
            FactsStrip(
                [
                    Fact(label=Text("Class"), value=Text("Core"), support="10 %"),
                    Fact(label=Text("Last contact"), value=looks.day(TODAY), support="Tan"),
                    Fact(label=Text("City"), value="无锡", support="江苏"),
                    Fact(
                        label=Text("Overdue"),
                        value=Text("{n} d late", n=11),
                        tone=Tone.BRICK,
                        support="30 d",
                        support_tone=Tone.BRICK,
                    ),
                    Fact(label=Text("Account"), value="¥ 26.40 M", support="+8.2 %"),
                ]
            )
        )
        tabs = TabStrip(
            [("a", Text("Overview")), ("b", Text("People & chain")), ("c", Text("History"))],
        )
        tabs.count("b", 1)
        self.above(top)
        self.above(tabs)
        two = TwoColumns()
        form = Form()
        form.add("name", Text("Name"), LineEditor("澜川精密轴承有限公司"))
        form.add("class", Text("Class"), Choice(list(GROUPS.items()), start="core"))
        form.add("city", Text("City"), LineEditor(), help=Text("Where most visits take place"))
        form.add("note", Text("Note"), TextEditor("先过财务口径，再谈价格。“digital” is ours."))
        form.refused(RuleBroken(Text("“{name}” is not a known city.", name="无X"), field="city"))
        two.left.addWidget(form)
        for box in (TickBox(Text("Core")), TickBox(Text("Maintain"))):
            two.right.addWidget(box)
        box.setChecked(True)
        two.right.addWidget(Tag(Text("Ours"), filled=True))
        two.right.addWidget(Tag(Text("Theirs")))
        two.right.addWidget(Tag(Text("Approver"), quiet=True))
        off = Button(Text("New visit"), kind=Kind.PRIMARY)
        off.setEnabled(False)
        two.right.addWidget(off)
        two.right.addWidget(Button(Text("All shortcuts"), kind=Kind.LINK))
        self.section(Text("Overview"), Text("Where most visits take place"))
        self.add(two)
        self.sheet.fill()


class ChainPage(Page[SampleDesk]):
    """A tool bar, a canvas, a side panel."""

    title = Text("People & chain")
    scrolls = False

    def build(self) -> None:
        views = SegmentedControl(
            Text("View"), [("a", Text("Organisation")), ("b", Text("Influence"))]
        )
        self.above(ToolBar(views, right=(Button(Text("Print"), icon="printer", keys="Ctrl+P"),)))
        side = SidePanel()
        side.column.addWidget(Button(Text("Edit"), keys="E"))
        side.column.addStretch(1)
        self.use(QWidget(), side)


def _kinds() -> list[PageKind[SampleDesk]]:
    top = (
        ("accounts", Text("Accounts"), "building-2", AccountsPage),
        ("people", Text("People"), "users", AccountPage),
        ("visits", Text("Visits"), "calendar-check", ChainPage),
        ("risks", Text("Risks"), "triangle-alert", AccountsPage),
    )
    kinds: list[PageKind[SampleDesk]] = [PageKind(*kind) for kind in top]
    kinds.append(PageKind("account", Text("Account"), "building-2", AccountPage, place="none"))
    kinds.append(
        PageKind("settings", Text("Settings"), "settings", AccountPage, "foot", keys="Ctrl+,")
    )
    return kinds


def _window(route: Route, accounts: int = 200, *, notice: bool = False) -> Callable[..., QWidget]:
    def make(app: Application) -> QWidget:
        bench = Workbench(lambda readonly: SampleDesk(accounts))
        window = MainWindow(bench, _kinds(), Remembered(None), searches=True)
        window.closing.connect(bench.close)
        window.count("risks", 3)
        window.stand(Text("Last exchange {when}", when="21:14"), Text("Everything saved"))
        window.go(Route("accounts"))
        window.go(route)
        window.show()
        settle()
        page = window.page
        if isinstance(page, AccountsPage) and accounts:
            page.list.sort("Overdue", descending=True)
            page.list.choose((13).to_bytes(16, "big"))
        if notice:
            window.notices.say(
                Text("Visit logged."), way_out=(Text("Undo"), "Ctrl+Z", lambda: None)
            )
            window.status.show_job(Text("Importing customers"), 0.4)
        return window

    return make


class SampleVerbs:
    """First-run verbs that only pretend."""

    def usual_folder(self) -> Path:
        """Return a folder that looks usual."""
        return Path("~/KamDesk")

    def create(self, folder: Path, passphrase: str, name: str) -> str:
        """Return a code that opens nothing."""
        return "KD4F-92QX-7M3P-ZT6H-8WVA-1C5R"

    def open(self, folder: Path, passphrase: str) -> None:
        """Refuse."""
        raise RuleBroken(Text("The two passphrases differ."), field="passphrase")


def _first_run(show: Callable[[FirstRun], object]) -> Callable[[Application], QWidget]:
    def make(app: Application) -> QWidget:
        verbs: FirstRunVerbs = SampleVerbs()
        bench: Workbench[FirstRunVerbs] = Workbench(lambda readonly: verbs)
        flow = FirstRun(bench)
        flow.destroyed.connect(lambda: bench.close())
        flow.show()
        settle()
        show(flow)
        return flow

    return make


def _refuse(flow: FirstRun) -> None:
    flow.show_key(True)
    flow.step.went_on.emit()


SCENES: Final = (
    Scene("accounts", _window(Route("accounts")), (LARGE, SMALL), (1, 2)),
    Scene("accounts-large", _window(Route("accounts")), (LARGE,), (1,), (150, 200)),
    Scene("accounts-empty", _window(Route("accounts"), 0), (SMALL,)),
    Scene("account", _window(Route("account", b"1"), notice=True), (LARGE, SMALL), (1, 2)),
    Scene("account-large", _window(Route("account", b"1")), (LARGE,), (1,), (200,)),
    Scene("chain", _window(Route("visits")), (LARGE,)),
    Scene("first-language", _first_run(lambda flow: flow.show_language()), (SMALL,)),
    Scene("first-place", _first_run(lambda flow: flow.show_place()), (SMALL,)),
    Scene("first-key", _first_run(_refuse), (SMALL,), (1,), (100, 150)),
    Scene("first-code", _first_run(lambda flow: flow.show_code("KD4F-92QX-7M3P-ZT6H")), (SMALL,)),
    Scene("first-ready", _first_run(lambda flow: flow.show_ready()), (SMALL,)),
)
