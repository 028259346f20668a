"""Figures and papers on the screen: the same shapes as on paper, pointed at by mouse and keys."""

from io import BytesIO

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.graphics import shapes
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas

from kamdesk.core.errors import StorageTrouble
from kamdesk.core.wording import Text
from kamdesk.desktop import painter
from kamdesk.desktop.application import Application
from kamdesk.desktop.papers.preview import Preview
from kamdesk.desktop.theme import DARK
from kamdesk.figures.shapes import RecordGroup

ONE, TWO = b"1" * 16, b"2" * 16


def a_drawing() -> shapes.Drawing:
    red = {"fillColor": colors.red, "strokeColor": None}
    free = shapes.Path(strokeColor=colors.black, fillColor=None)
    free.moveTo(10, 10)
    free.lineTo(20, 10)
    free.curveTo(30, 10, 30, 20, 20, 20)
    free.closePath()
    inner = shapes.Group(shapes.Rect(0, 0, 10, 10, **red), transform=(1, 0, 0, 1, 150, 0))
    drawing = shapes.Drawing(200, 100)
    for shape in (
        RecordGroup(ONE.hex(), [shapes.Rect(10, 60, 40, 30, rx=4, ry=4, **red)]),
        RecordGroup(
            TWO.hex(),
            [
                shapes.Circle(120, 75, 15, fillColor=colors.HexColor("#1B5A9E")),
                shapes.String(100, 50, "Li <b>Min</b>", fontName="NotoSansSC-Bold", fontSize=8),
            ],
        ),
        shapes.Line(50, 75, 105, 75, strokeWidth=2, strokeDashArray=[3, 1, 2]),
        shapes.PolyLine([0, 0, 5, 5, 10, 0]),
        shapes.Polygon([60, 0, 70, 0, 65, 9], **red),
        shapes.Ellipse(90, 10, 8, 4),
        shapes.Wedge(180, 80, 10, 0, 90),
        free,
        inner,
    ):
        drawing.add(shape)
    return drawing


def painted(scale: int = 1) -> QImage:
    image = QImage(200 * scale, 100 * scale, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    brush = QPainter(image)
    painter.paint(brush, a_drawing(), QRectF(image.rect()))
    brush.end()
    return image


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_shapes_stand_where_they_stand_on_paper(application: Application, scale: int) -> None:
    image = painted(scale)

    def at(x: float, y: float) -> QColor:
        return image.pixelColor(round(x * scale), round((100 - y) * scale))

    assert at(30, 75) == QColor("#ff0000")
    assert at(120, 75) == QColor("#1B5A9E")
    assert at(155, 5) == QColor("#ff0000")
    assert at(65, 3) == QColor("#ff0000")
    assert at(30, 30) == QColor("white")


def test_text_stands_on_its_baseline(application: Application) -> None:
    image = painted(4)
    dark = [
        y
        for y in range(image.height())
        for x in range(101 * 4, 106 * 4)
        if image.pixelColor(x, y).lightness() < 100 and y > 160
    ]
    assert abs(max(dark) - 50 * 4) <= 2  # the foot of the L
    assert 160 < min(dark) < 180


def test_colours_of_the_paper_become_those_of_the_dark_theme(application: Application) -> None:
    turn = painter.screen_colours(DARK)
    assert turn(QColor("#1B5A9E")) == QColor(DARK.accent)
    assert turn(QColor("#15191F")) == QColor(DARK.ink)
    assert turn(QColor("#FFFFFF")) == QColor(DARK.page)
    assert turn(QColor("#333333")).lightness() > 150


@pytest.fixture
def view(application: Application, qtbot: QtBot) -> painter.FigureView:
    made = painter.FigureView(Text("Organisation"))
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show_figure(a_drawing())
    made.show()
    made.setFocus()
    return made


def test_a_click_tells_the_record(view: painter.FigureView, qtbot: QtBot) -> None:
    assert list(view.records) == [ONE, TWO]
    spot = view.mapFromScene(QPointF(30, 25))
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen.args == [ONE]
    assert view.current == ONE


def test_arrows_walk_and_enter_opens(view: painter.FigureView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current == ONE
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.current == TWO
    assert view.accessibleDescription() == "Li <b>Min</b>"
    with qtbot.waitSignal(view.chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [TWO]


def test_a_figure_fits_until_it_is_zoomed(view: painter.FigureView, qtbot: QtBot) -> None:
    fitted = view.transform().m11()
    qtbot.keyClicks(view, "+")
    assert view.transform().m11() > fitted
    view.resize(200, 100)
    assert view.transform().m11() > fitted
    qtbot.keyClicks(view, "0")
    assert view.transform().m11() < fitted


def test_another_theme_recolours_a_figure(
    view: painter.FigureView, application: Application, qtbot: QtBot
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Right)
    application.choose_theme("dark")
    assert view.scene().backgroundBrush().color() == QColor(DARK.page)
    assert view.current == ONE


def test_the_others_fade(view: painter.FigureView) -> None:
    view.fade(frozenset({ONE}))
    assert {item.opacity() for item in view._records[TWO]} == {0.25}
    view.fade(None)
    assert {item.opacity() for item in view._records[TWO]} == {1.0}


def a_paper(pages: int) -> bytes:
    made = BytesIO()
    canvas = Canvas(made, pagesize=(200, 300))
    for n in range(pages):
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 200, 300, fill=1)
        canvas.drawString(20, 20, f"page {n + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _colour(widget: QWidget) -> QColor:
    image = widget.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_a_paper_is_shown_and_its_pages_are_turned(application: Application, qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(300, 300)
    preview.show()
    preview.show_paper(a_paper(5))
    qtbot.waitUntil(lambda: _colour(preview) == QColor("#ff0000"))
    assert preview.page == 1
    assert len(preview._images) < 3
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    qtbot.keyClick(preview, Qt.Key.Key_J)
    assert preview.page == 3
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == 5
    qtbot.keyClicks(preview, "+0")
    preview.clear()
    assert preview.page == 0


def test_a_damaged_paper_is_refused_in_plain_words(application: Application, qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    with pytest.raises(StorageTrouble, match="cannot be shown"):
        preview.show_paper(b"no paper")
