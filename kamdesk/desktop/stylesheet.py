"""The one style sheet: what Fusion paints of the standard widgets, from the table of tokens."""

from kamdesk.desktop.theme import Look

SCROLL_BAR = 12
"""Pixels a scroll bar takes; it lies in the page's margin, so nothing moves when it comes."""

_SHEET = """
QLineEdit, QPlainTextEdit, QAbstractSpinBox {
  background: %(page)s; color: %(ink)s; border: 1px solid %(edge)s; border-radius: %(r6)spx;
  padding: %(p4)spx %(p8)spx;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover { border-color: %(second)s; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus {
  border: 2px solid %(accent)s; padding: %(p3)spx %(p7)spx;
}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QAbstractSpinBox[refused="true"] {
  border: 2px solid %(brick)s; padding: %(p3)spx %(p7)spx;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  background: %(rail)s; color: %(muted)s; border-color: %(strong_line)s;
}
QToolTip {
  background: %(ink)s; color: %(page)s; border: 0; padding: %(p4)spx %(p8)spx;
}
QMenu {
  background: %(raised)s; color: %(ink)s; border: 1px solid %(strong_line)s; padding: %(p4)spx;
}
QMenu::item { padding: %(p6)spx %(p24)spx %(p6)spx %(p12)spx; border-radius: %(r4)spx; }
QMenu::item:selected { background: %(soft)s; color: %(ink)s; }
QMenu::item:disabled { color: %(muted)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: %(p4)spx %(p8)spx; }
QScrollArea, QAbstractItemView { background: %(page)s; border: 0; }
QTableView {
  color: %(ink)s; outline: 0;
  selection-background-color: %(soft)s; selection-color: %(ink)s;
}
QAbstractItemView#choices {
  background: %(raised)s; color: %(ink)s; border: 1px solid %(strong_line)s; outline: 0;
  selection-background-color: %(soft)s; selection-color: %(ink)s; padding: %(p4)spx;
}
QScrollBar:vertical { background: transparent; width: %(bar)spx; margin: 0; }
QScrollBar:horizontal { background: transparent; height: %(bar)spx; margin: 0; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::handle { background: %(strong_line)s; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:hover { background: %(edge)s; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""


def stylesheet(look: Look) -> str:
    """Return the style sheet for a theme and a size of text."""
    measures = {f"p{n}": look.px(n) for n in (3, 4, 6, 7, 8, 12, 24)}
    radii = {f"r{n}": look.px(n) for n in (4, 6)}
    return _SHEET % {**look.tokens._asdict(), **measures, **radii, "bar": SCROLL_BAR}
