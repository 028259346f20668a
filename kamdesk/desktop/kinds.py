"""The pages of the window; each is imported when it is first gone to."""

from pathlib import Path
from typing import TYPE_CHECKING

from kamdesk import settings
from kamdesk.core.wording import Text
from kamdesk.desktop.accounts.spellings import Spellings
from kamdesk.desktop.application import Application
from kamdesk.desktop.pages import Around, Page, PageKind, Route

if TYPE_CHECKING:
    from kamdesk.desktop.safety.outside import Outside
    from kamdesk.workspace import Workspace

_Page = Page["Workspace"]
_Around = Around["Workspace"]


def kinds(
    application: Application, folder: Path, outside: "Outside | None" = None
) -> "list[PageKind[Workspace]]":
    """Return the kinds of page there are for the workspace in ``folder``.

    ``outside`` does what needs the workspace closed.
    """
    spellings = Spellings()

    def today(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.today.page import TodayPage

        return TodayPage(around, route)

    def accounts(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.accounts.page import AccountsPage

        return AccountsPage(around, route, spellings)

    def account(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.account.page import AccountPage

        return AccountPage(around, route, spellings)

    def past(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.past.page import HistoryPage

        return HistoryPage(around, route)

    def people(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.people.page import PeoplePage

        return PeoplePage(around, route)

    def visits(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.visits.page import VisitsPage

        return VisitsPage(around, route, spellings)

    def week(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.week.page import WeekPage

        return WeekPage(around, route)

    def person(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.person.page import PersonPage

        return PersonPage(around, route)

    def twice(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.duplicates.page import DuplicatesPage

        return DuplicatesPage(around, route)

    def visit(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.visit.page import VisitPage

        return VisitPage(around, route)

    def debrief(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.debrief.page import DebriefPage
        from kamdesk.desktop.debrief.start_page import StartPage

        return StartPage(around, route) if route.record is None else DebriefPage(around, route)

    def paper(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.papers.page import PaperPage

        return PaperPage(around, route, folder)

    def taking_in(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.importing.pages import import_page

        return import_page(around, route)

    def choosing(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.settings_page import SettingsPage

        return SettingsPage(around, route, application, folder)

    def safety(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.safety.page import SafetyPage

        return SafetyPage(around, route, folder, outside)

    def review(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.rights.review_page import ReviewPage

        return ReviewPage(around, route)

    def helping(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.help.page import HelpPage

        return HelpPage(around, route)

    def opportunities(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.opportunities.page import OpportunitiesPage

        return OpportunitiesPage(around, route)

    def opportunity(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.opportunity.page import OpportunityPage

        return OpportunityPage(around, route)

    def chain(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.chain.toolbar import read_tab

        if read_tab(route.tab)[0] == "matrix":
            from kamdesk.desktop.chain.matrix_page import MatrixPage

            return MatrixPage(around, route)
        from kamdesk.desktop.chain.page import ChainPage

        return ChainPage(
            around, route, still=lambda: application.chosen.get(settings.REDUCE_MOTION)
        )

    def access(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.access_plan.page import PlanPage
        from kamdesk.desktop.access_plan.targets import TargetsPage

        return TargetsPage(around, route) if route.record is None else PlanPage(around, route)

    def playbook(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.playbook.page import PlaybookPage

        return PlaybookPage(around, route)

    def promises(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.promises.page import PromisesPage

        return PromisesPage(around, route)

    def due(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.due.page import DuePage

        return DuePage(around, route)

    def patterns(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.patterns.page import PatternsPage

        return PatternsPage(around, route)

    def calendars(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.calendars.page import CalendarsPage

        return CalendarsPage(around, route)

    def conflicts(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.conflicts.page import ConflictsPage

        return ConflictsPage(around, route)

    def exchange(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.exchange.page import ExchangePage

        return ExchangePage(around, route)

    def own(around: _Around, route: Route) -> _Page:
        from kamdesk.desktop.own_fields.page import OwnFieldsPage

        return OwnFieldsPage(around, route)

    return [
        PageKind("today", Text("Today"), "sun", today),
        PageKind("accounts", Text("Customers"), "building-2", accounts),
        PageKind("account", Text("Customer"), "building-2", account, place="none"),
        PageKind("chain", Text("Decision chain"), "network", chain, place="none"),
        PageKind(
            "access_plan", Text("Executive plans"), "briefcase", access, "none", keys="Ctrl+Shift+T"
        ),
        PageKind("people", Text("People"), "users", people),
        PageKind("person", Text("Person"), "users", person, place="none"),
        PageKind("duplicates", Text("Duplicates"), "copy", twice, "none", keys="Ctrl+Shift+D"),
        PageKind("visits", Text("Visits"), "calendar-check", visits),
        PageKind("visit", Text("Visit"), "calendar-check", visit, place="none"),
        PageKind("week", Text("Week plan"), "calendar", week, "none", keys="Ctrl+Shift+W"),
        PageKind("due", Text("Contacts due"), "clock", due, "none", keys="Ctrl+Shift+U"),
        PageKind("promises", Text("Promises"), "check", promises, "none", keys="Ctrl+Shift+M"),
        PageKind("patterns", Text("Visit patterns"), "calendar", patterns, place="none"),
        PageKind("calendars", Text("Calendars"), "calendar", calendars, "none", "Ctrl+Shift+Y"),
        PageKind(
            "conflicts", Text("Waits for you"), "git-branch", conflicts, "none", "Ctrl+Shift+C"
        ),
        PageKind("opportunities", Text("Opportunities"), "target", opportunities),
        PageKind("opportunity", Text("Opportunity"), "target", opportunity, place="none"),
        PageKind("debrief", Text("Debrief"), "pencil", debrief, place="none"),
        PageKind("brief", Text("Visit brief"), "file-text", paper, place="none"),
        PageKind("paper", Text("Paper"), "file-text", paper, place="none"),
        PageKind("daypack", Text("Day pack"), "file-text", paper, "none", keys="Ctrl+Shift+P"),
        PageKind("history", Text("History"), "history", past, place="none"),
        PageKind("import", Text("Import"), "upload", taking_in, place="none"),
        PageKind("safety", Text("Safety"), "shield-check", safety, "none", keys="Ctrl+."),
        PageKind(
            "review", Text("Who is kept too long"), "users", review, "none", keys="Ctrl+Shift+K"
        ),
        PageKind("playbook", Text("Playbook"), "book-open", playbook, "none", keys="Ctrl+Shift+B"),
        PageKind(
            "own_fields",
            Text("Own fields"),
            "sliders-horizontal",
            own,
            "none",
            keys="Ctrl+Shift+F",
        ),
        PageKind("exchange", Text("Exchange"), "cloud", exchange, "foot", keys="Ctrl+Shift+X"),
        PageKind("help", Text("Help"), "circle-help", helping, "foot", keys="F1", about_here=True),
        PageKind("settings", Text("Settings"), "settings", choosing, "foot", keys="Ctrl+,"),
    ]
