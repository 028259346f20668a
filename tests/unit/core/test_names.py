"""Names: family name first where it is so, the honorific on its side of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamdesk.core.text.names import family_name, form_of_address, given_name, parted


@pytest.mark.parametrize(
    ("typed", "name", "honorific", "called"),
    [
        ("陈立新 总", "陈立新", "总", "陈总"),
        ("欧阳若琳 副总", "欧阳若琳", "副总", "欧阳副总"),
        ("王建国 局长", "王建国", "局长", "王局长"),
        ("李敏 女士", "李敏", "女士", "李女士"),
        ("Ms Li Min", "Li Min", "Ms", "Ms Li"),
        ("Dr. Annegret Haberland", "Annegret Haberland", "Dr", "Dr Haberland"),
        ("李敏", "李敏", "", ""),
        ("Min Li", "Min Li", "", ""),
        ("总 经理", "总 经理", "", ""),
        ("", "", "", ""),
    ],
)
def test_an_honorific_stands_on_its_side(
    typed: str, name: str, honorific: str, called: str
) -> None:
    assert parted(typed) == (name, honorific)
    assert form_of_address(family_name(name), honorific) == called


@pytest.mark.parametrize(
    ("name", "family", "given_part"),
    [
        ("陈立新", "陈", "立新"),
        ("欧阳若琳", "欧阳", "若琳"),
        ("Min Li", "Li", "Min"),
        ("Cai Shuying", "Cai", "Shuying"),
        ("Shuying Cai", "Cai", "Shuying"),
        ("Alan Tang", "Tang", "Alan"),
        ("Long Anderson", "Anderson", "Long"),
        ("Wang Li", "Li", "Wang"),
        ("Madonna", "Madonna", ""),
    ],
)
def test_a_name_keeps_its_own_order(name: str, family: str, given_part: str) -> None:
    assert (family_name(name), given_name(name)) == (family, given_part)


@given(st.text(max_size=40))
def test_any_text_is_a_name(text: str) -> None:
    name, honorific = parted(text)
    assert len(name) + len(honorific) <= len(text)
    assert parted(name)[0] == name or honorific
