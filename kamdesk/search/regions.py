"""Places that stand before the name proper of a Chinese firm: 贵州茅台 is mostly called 茅台."""

import re
from typing import Final

_PLACES: Final = frozenset(
    re.findall(
        r"\S+",
        """
    中国 北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北
    湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
    石家庄 唐山 秦皇岛 邯郸 保定 太原 大同 呼和浩特 包头 鄂尔多斯 沈阳 大连 鞍山 长春 哈尔滨
    大庆 南京 无锡 徐州 常州 苏州 南通 连云港 扬州 镇江 昆山 张家港 江阴 杭州 宁波 温州 嘉兴
    湖州 绍兴 金华 台州 义乌 合肥 芜湖 马鞍山 福州 厦门 泉州 漳州 南昌 九江 赣州 济南 青岛 淄博
    烟台 潍坊 济宁 威海 临沂 郑州 洛阳 武汉 宜昌 襄阳 长沙 株洲 湘潭 广州 深圳 珠海 汕头 佛山
    东莞 中山 惠州 江门 南宁 柳州 桂林 海口 三亚 成都 绵阳 攀枝花 宜宾 贵阳 遵义 昆明 拉萨 西安
    咸阳 兰州 西宁 银川 乌鲁木齐
    """,
    )
)
_LONGEST: Final = 4
_SHORTEST_NAME: Final = 2


def after_place(name: str) -> int:
    """Return where the name proper of a firm begins; 0 when no place stands before it."""
    for length in range(_LONGEST, 1, -1):
        if name[:length] in _PLACES:
            start = length + (name[length : length + 1] in ("省", "市"))
            return start if len(name) - start >= _SHORTEST_NAME else 0
    return 0
