"""Where the user has been: back and forward, as in a browser."""

from typing import Final

from kamdesk.desktop.pages import Route

_LONGEST: Final = 100


class History:
    """The routes gone, and where among them we are."""

    def __init__(self) -> None:
        self._routes: list[Route] = []
        self._at = -1

    @property
    def here(self) -> Route | None:
        """Where we are."""
        return self._routes[self._at] if self._routes else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is something before."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is something after."""
        return self._at < len(self._routes) - 1

    def go(self, route: Route) -> None:
        """Go somewhere: what lay ahead is forgotten."""
        if route == self.here:
            return
        self._routes = [*self._routes[: self._at + 1], route][-_LONGEST:]
        self._at = len(self._routes) - 1

    def back(self) -> Route | None:
        """Go back; returns where we are then."""
        self._at -= self.can_go_back
        return self.here

    def forward(self) -> Route | None:
        """Go forward; returns where we are then."""
        self._at += self.can_go_forward
        return self.here
