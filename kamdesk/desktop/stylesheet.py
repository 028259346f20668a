"""The one style sheet: what Fusion paints of the standard widgets, from the table of tokens."""

from dataclasses import asdict
from string import Template

from kamdesk.desktop.theme import Look

SCROLL_BAR = 12
"""Pixels a scroll bar takes; it lies in the page's margin, so nothing moves when it comes."""

_SHEET = Template("""
QLineEdit, QPlainTextEdit, QAbstractSpinBox {
  background: $page; color: $ink; border: 1px solid $edge; border-radius: ${r6}px;
  padding: ${p4}px ${p8}px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:hover, QPlainTextEdit:hover, QAbstractSpinBox:hover { border-color: $second; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus {
  border: 2px solid $accent; padding: ${p3}px ${p7}px;
}
QLineEdit[refused="true"], QPlainTextEdit[refused="true"], QAbstractSpinBox[refused="true"] {
  border: 2px solid $brick; padding: ${p3}px ${p7}px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled {
  background: $rail; color: $muted; border-color: $strong_line;
}
QToolTip {
  background: $ink; color: $page; border: 0; padding: ${p4}px ${p8}px;
}
QMenu { background: $raised; color: $ink; border: 1px solid $strong_line; padding: ${p4}px; }
QMenu::item { padding: ${p6}px ${p24}px ${p6}px ${p12}px; border-radius: ${r4}px; }
QMenu::item:selected { background: $soft; color: $ink; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QScrollArea, QAbstractItemView { background: $page; border: 0; }
QTableView { color: $ink; selection-background-color: $soft; selection-color: $ink; outline: 0; }
QAbstractItemView#choices {
  background: $raised; color: $ink; border: 1px solid $strong_line; outline: 0;
  selection-background-color: $soft; selection-color: $ink; padding: ${p4}px;
}
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $strong_line; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:hover { background: $edge; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def stylesheet(look: Look) -> str:
    """Return the style sheet for a theme and a size of text."""
    measures = {f"p{n}": look.px(n) for n in (3, 4, 6, 7, 8, 12, 24)}
    radii = {f"r{n}": look.px(n) for n in (4, 6)}
    return _SHEET.substitute(asdict(look.tokens), **measures, **radii, bar=SCROLL_BAR)
