"""Invented contents for papers: a rich one, and every extreme that must still look decent."""

from dataclasses import replace
from datetime import date, time

from kamdesk.core.clock import Instant
from kamdesk.core.money import Money
from kamdesk.core.privacy import Privacy
from kamdesk.core.wording import Text
from kamdesk.figures.chain import Card, CardKind, ChainMap, Tie, TieKind
from kamdesk.papers.brief.content import (
    Advice,
    Attendee,
    Brief,
    Business,
    Change,
    ColleagueVisit,
    Fact,
    ForTheBoss,
    Heading,
    Occasion,
    OurPart,
    PastVisit,
    Promise,
    Purpose,
    Question,
    Risk,
    RivalMove,
    TheirQuestion,
)
from kamdesk.papers.table_page.content import AgendaItem, OpenItem, Participant, TablePage

VISIT = "0199c5b2a1f07c3e8d4f00112233aabb"
DECIDER, APPROVER, BUYER = Text("decider"), Text("approver"), Text("buyer")
USER, INFLUENCER, GATEKEEPER = Text("user"), Text("influencer"), Text("gatekeeper")
EVALUATOR = Text("technical evaluator")
WHEN = Instant.at(date(2026, 3, 12), 14, 0)
AS_OF = Instant.at(date(2026, 3, 11), 18, 20)


def a_map() -> ChainMap:
    """Twelve people and a body, with the politics between them."""
    return ChainMap(
        cards=(
            Card(
                id="b1",
                name="总经理办公会",
                kind=CardKind.BODY,
                roles=(DECIDER,),
                decides=True,
                influence=5,
            ),
            Card(
                id="p1",
                name="程岱川",
                post="总经理 GM",
                roles=(DECIDER,),
                stance=0,
                influence=5,
                relation=2,
                attends=True,
                decides=True,
                reports_to="b1",
            ),
            Card(
                id="p2",
                name="梁予安",
                post="财务总监 CFO",
                roles=(APPROVER,),
                stance=-1,
                influence=5,
                relation=1,
                attends=True,
                reports_to="p1",
            ),
            Card(
                id="p3",
                name="韦𣗋",
                post="总工程师 Chief engineer",
                roles=(EVALUATOR,),
                stance=1,
                influence=4,
                relation=4,
                attends=True,
                reports_to="p1",
            ),
            Card(
                id="p4",
                name="卓云岫",
                post="采购部经理 Procurement",
                roles=(GATEKEEPER,),
                stance=-1,
                influence=3,
                relation=2,
                attends=True,
                reports_to="p2",
            ),
            Card(
                id="p5",
                name="Marcus Oyelaran",
                post="VP Operations (Group)",
                roles=(INFLUENCER,),
                stance=2,
                influence=4,
                relation=3,
                attends=True,
                reports_to="p1",
            ),
            Card(
                id="p6",
                name="骆一舟",
                post="二号产线经理 Line 2 manager",
                roles=(USER,),
                stance=2,
                influence=3,
                relation=5,
                attends=True,
                reports_to="p3",
            ),
            Card(
                id="p7",
                name="臧望海",
                post="设备主管 Maintenance",
                roles=(USER,),
                stance=0,
                influence=2,
                relation=2,
                reports_to="p3",
            ),
            Card(
                id="p8",
                name="鄢晓阳",
                post="IT 经理",
                roles=(EVALUATOR,),
                influence=2,
                relation=0,
                met=False,
                reports_to="p2",
            ),
            Card(
                id="p9",
                name="柏知秋",
                post="质量经理 QA",
                roles=(INFLUENCER,),
                stance=1,
                influence=2,
                relation=3,
                reports_to="p3",
            ),
            Card(
                id="p10",
                name="顾秉文",
                post="法务 Legal",
                roles=(APPROVER,),
                stance=0,
                influence=2,
                relation=1,
                reports_to="p2",
            ),
            Card(
                id="p11",
                name="钱程远",
                post="一号产线经理 Line 1 manager",
                roles=(USER,),
                stance=-2,
                influence=2,
                relation=1,
                reports_to="p3",
            ),
            Card(
                id="p12",
                name="",
                post="谁批预算？",
                kind=CardKind.GHOST,
                roles=(APPROVER,),
                reports_to="p1",
            ),
        ),
        ties=(
            Tie(source="p5", target="p1", weight=3),
            Tie(source="p3", target="p1", weight=2),
            Tie(source="p6", target="p3", weight=2),
            Tie(source="p2", target="p1", weight=3, against_us=True),
            Tie(source="p11", target="p7", weight=2, against_us=True),
            Tie(source="p8", target="p2", weight=1, against_us=True),
            Tie(source="p9", target="p3", weight=1),
            Tie(source="p6", target="p11", kind=TieKind.AT_ODDS),
            Tie(source="p3", target="p5", kind=TieKind.CLOSE),
        ),
        way_in=("p6", "p3", "p1"),
    )


def a_brief() -> Brief:
    """A full day's brief: every field of it has something to say."""
    return Brief(
        visit=VISIT,
        heading=Heading(
            account="澄川精密传动有限公司",
            other_name="Chengchuan Precision Drives Co., Ltd.",
            short_name="澄川传动",
            number="KA-0173",
            unit="二号工厂",
            topic="状态监测试点第二阶段 Condition monitoring, phase 2",
            kind=Text("visit"),
            start=WHEN,
            minutes=90,
            place="临江市新桥区锡士路 88 号 3 号楼 502 会议室",
            gate="北门登记，带身份证；访客车停 P3",
            host="韦𣗋（总工程师）",
            phone="0510-5550 0173",
        ),
        made_by="林晓彤",
        as_of=AS_OF,
        purpose=Purpose(
            outcome="让程总在会上同意把二号产线 CBM 试点从“技术评估”推进到“预算立项”，"
            "并在 3 月 20 日前指定项目负责人。",
            ask="书面确认二季度预算占位 180 万元；3 月 27 日前安排一次由财务总监参加的 ROI 评审。",
            fallback="至少拿到近 12 个月停机数据和梁总的评审时间表，避免再次停留在口头支持。",
            red_lines=("不在本次会议承诺折扣", "不评价 S 公司的产品", "不承诺 6 月前交付传感器"),
            price="折扣不低于 8.5 折，维保单列",
        ),
        boss=ForTheBoss(
            why_you_come="程总上次说“先看数据，再谈预算”，数据齐了，要对等的人来接这句话。",
            whom_you_sit_opposite="程岱川，总经理，程总；两年内要看到回本。",
            what_to_say="“贵厂的数据我看过，我们愿意用结果说话，并把验收标准写进立项书。”",
            what_not_to_promise="不谈价格，不承诺 6 月前交付传感器。",
            what_they_want="集团年会前有一个能展示的样板。",
        ),
        facts=(
            Fact(
                label=Text("revenue, 12 months"),
                value=Money(264_000_000),
                note="+8 %",
                privacy=Privacy.MONEY,
            ),
            Fact(label=Text("share of wallet"), value="31 %", note="目标 45 %"),
            Fact(label=Text("contract ends"), value="2026-09-30", note="余 202 天"),
            Fact(
                label=Text("open opportunities"),
                value=Money(52_000_000),
                note="3 个项目",
                privacy=Privacy.MONEY,
            ),
            Fact(label=Text("satisfaction"), value=None),
        ),
        last_here=date(2026, 2, 18),
        changes=(
            Change(on=date(2026, 3, 9), what="梁予安兼任采购委员会主任，付款审批改由她会签"),
            Change(
                on=date(2026, 3, 6),
                what="二号产线 4 号磨床停机 9 小时，原因：主轴轴承",
            ),
            Change(
                on=date(2026, 3, 5),
                what="回款到账，余下质保金",
                amount=Money(86_000_000),
                privacy=Privacy.BUSINESS,
            ),
            Change(on=date(2026, 3, 2), what="S 公司到厂做了一天演示（卓云岫接待）"),
            Change(on=date(2026, 2, 27), what="官网新闻：三号工厂 9 月投产"),
            Change(on=date(2026, 2, 24), what="备件订单 12 项，已发 9 项"),
            Change(on=date(2026, 2, 20), what="鄢晓阳接手 OPC UA 账号申请"),
        ),
        attendees=(
            Attendee(
                id="p1",
                name="程岱川",
                address="程总",
                post="总经理 GM",
                roles=(DECIDER,),
                last_met=date(2025, 12, 9),
                focus="现金流、OEE、集团 KPI；两年内回本",
                horizon="年底",
                stance=0,
                stance_since=date(2025, 12, 9),
                influence=5,
                decides=True,
                motive="年底竞聘集团副总裁，需要一个可展示的“灯塔项目”",
                advice=Advice(
                    say="24 个月回本，四季度可在集团年会展示；引用他的原话“先看数据”",
                    show="3 台磨床 6 周数据（附件 2）",
                    avoid="不要比较其他工厂的进度",
                ),
            ),
            Attendee(
                id="p2",
                name="梁予安",
                address="梁总",
                post="财务总监 CFO",
                department="财务中心",
                roles=(APPROVER,),
                last_met=date(2026, 1, 22),
                focus="投资回收期、付款节奏、维保费用是否资本化",
                stance=-1,
                stance_since=date(2026, 1, 22),
                influence=5,
                motive="不愿再为“数字化”背锅；要看到可审计的数字",
                advice=Advice(
                    say="口径逐项对齐，不争论总数；把 12 % 价差放到 5 年 TCO 里看",
                    show="备件库存口径的敏感性分析",
                    avoid="“每年节省 210 万元”这句话",
                ),
            ),
            Attendee(
                id="p3",
                name="韦𣗋",
                reading="wéi xiè",
                address="韦工",
                post="总工程师 Chief engineer",
                roles=(EVALUATOR, INFLUENCER),
                last_met=date(2026, 2, 18),
                focus="振动阈值可解释；与现有 SCADA / OPC UA 打通",
                stance=1,
                stance_since=date(2026, 2, 18),
                influence=4,
                motive="三年后退休，希望把经验固化成标准",
                advice=Advice(
                    say="阈值来自 ISO 10816-3 与本厂 6 周基线，可逐条解释",
                    show="《轴承早期故障标准化》白皮书提纲",
                ),
            ),
            Attendee(
                id="p5",
                name="Marcus Oyelaran",
                address="Marcus",
                post="VP Operations (Group)",
                department="Asia-Pacific",
                roles=(INFLUENCER,),
                first_meeting=True,
                focus="Group-wide standardisation; a reference site for Asia-Pacific",
                stance=2,
                stance_since=date(2025, 12, 9),
                influence=4,
                motive="Wants a showcase plant before the June town hall",
                advice=Advice(
                    say="One dashboard for all sites by the end of June",
                    show="The rollout plan on one page",
                    avoid="Headcount, in front of the line managers",
                ),
            ),
            Attendee(
                id="p4",
                name="卓云岫",
                address="卓经理",
                post="采购部经理 Procurement",
                roles=(GATEKEEPER, BUYER),
                last_met=date(2026, 1, 22),
                focus="三家比价、框架协议折扣、违约条款",
                stance=-1,
                stance_since=date(2026, 1, 22),
                influence=3,
                rival_tie="S 公司前同事",
                advice=Advice(say="框架协议可以谈，前提是立项", avoid="在程总面前谈单价"),
            ),
            Attendee(
                id="p6",
                name="骆一舟",
                address="小骆",
                post="二号产线经理 Line 2 manager",
                roles=(USER,),
                last_met=date(2026, 2, 18),
                concern=Text("usually: effect on daily work"),
                stance=2,
                stance_since=date(2026, 2, 18),
                influence=3,
                advice=Advice(
                    say="夜班误报率由 9 % 降到 2.1 %，值班手册已更新",
                    show="会前 13:30 在车间门口先碰 10 分钟",
                ),
            ),
            Attendee(id="p13", name="康茂", address="康工", post="工艺工程师", influence=1),
        ),
        named_only=("贺之舟（设计院）",),
        chain=a_map(),
        risk=Risk(
            rule=Text("A competitor is in the house"),
            on=date(2026, 3, 2),
            evidence="S 公司到厂演示一天，卓云岫接待；报价约低 12 %（韦𣗋转述）",
            advice=Advice(
                say="先定验收标准，再比价格", show="误报率的现场对比", avoid="点名评价 S 公司"
            ),
        ),
        promises=(
            Promise(
                what="提供 ROI 模型（含备件库存口径）双语版与敏感性分析",
                ours=True,
                who="林晓彤",
                due=date(2026, 3, 13),
            ),
            Promise(
                what="补齐 ISO 27001 证书与数据驻留说明 data residency",
                ours=True,
                who="吴启明",
                due=date(2026, 2, 28),
                waiting="等法务盖章",
            ),
            Promise(
                what="邀请苏北样板客户做 30 分钟 reference call",
                ours=True,
                who="林晓彤",
                due=date(2026, 3, 20),
            ),
            Promise(
                what="开通 OPC UA 只读账号（二号产线）",
                ours=False,
                who="鄢晓阳",
                due=date(2026, 3, 5),
            ),
            Promise(
                what="提供近 12 个月停机记录（Excel 原始数据）",
                ours=False,
                who="骆一舟",
                due=date(2026, 3, 11),
            ),
            Promise(
                what="确认梁总可参加 ROI 评审的两个时间段",
                ours=False,
                who="卓云岫",
                due=date(2026, 3, 18),
            ),
            Promise(what="三号工厂平面图", ours=False, who="韦𣗋"),
        ),
        visits=(
            PastVisit(
                on=date(2026, 2, 18),
                people=("韦𣗋", "骆一舟"),
                atmosphere=Text("warm"),
                said="技术交流：演示轴承外圈故障 BPFO 提前 11 天预警的案例；韦工认可算法，"
                "但要求说明阈值来源，并担心与 2019 年上线的 SCADA 冲突。",
                result="开放二号产线 3 台磨床 6 周数据；OPC UA 账号仍未开通。",
            ),
            PastVisit(
                on=date(2026, 1, 22),
                people=("梁予安", "卓云岫"),
                atmosphere=Text("stiff"),
                said="商务会：梁总质疑“每年节省 210 万元”的口径，要求把备件库存占用单列；"
                "采购提出三家比价。",
                result="ROI 口径需双方财务共同确认。",
            ),
            PastVisit(
                on=date(2025, 12, 9),
                people=("程岱川", "Marcus Oyelaran"),
                atmosphere=Text("smooth"),
                said="Annual review: OEE target 78% → 84% in FY26; Marcus pushes the APAC "
                "reference plant. 程总：“先看数据，再谈预算”。",
                result="同意试点范围；指定骆一舟为产线接口人。",
            ),
        ),
        business=(
            Business(
                kind=Text("opportunity"),
                name="二号产线 CBM 二期",
                step="交流论证",
                on=date(2026, 6, 30),
                amount=Money(18_000_0000),
                margin="23 %",
            ),
            Business(
                kind=Text("opportunity"),
                name="备件年度框架",
                step="立项",
                on=date(2026, 5, 15),
                amount=Money(9_600_0000),
            ),
            Business(kind=Text("contract ends"), name="一期维保", on=date(2026, 9, 30)),
            Business(
                kind=Text("payment due"),
                name="一期质保金",
                on=date(2026, 3, 1),
                amount=Money(4_100_0000),
                missing="验收单缺盖章",
                overdue=True,
                privacy=Privacy.MONEY,
            ),
        ),
        questions=(
            Question(
                text="如果二季度只能立一个数字化项目，程总按什么标准选？",
                reason="决策标准：不详",
                whom="程岱川",
            ),
            Question(
                text="S 公司的报价里是否包含传感器更换与年度校准？", reason="竞品报价范围：不详"
            ),
            Question(
                text="谁能否决这个项目？梁总，还是集团信息安全委员会？", reason="否决权：不详"
            ),
            Question(text="三号工厂的设备选型由哪一方先提？", reason="新厂采购流程：不详"),
        ),
        their_questions=(
            TheirQuestion(
                question="误报怎么算？夜班谁来处理？",
                answer="两班各一人培训，误报率 2.1 %",
                who="林晓彤",
            ),
            TheirQuestion(
                question="数据会不会出厂？", answer="边缘侧存储，出厂只传特征值", who="吴启明"
            ),
        ),
        our_side=(
            OurPart(name="林晓彤", part=Text("leads"), topic="目标与请求", counterpart="程岱川"),
            OurPart(name="吴启明", part=Text("presents"), topic="数据与阈值", counterpart="韦𣗋"),
            OurPart(
                name="Ines Carvalho",
                part=Text("listens"),
                topic="Group rollout",
                counterpart="Marcus Oyelaran",
            ),
        ),
        rivals=(
            RivalMove(on=date(2026, 3, 2), what="S 公司演示一天，报价约低 12 %", source="韦𣗋"),
        ),
        colleagues=(
            ColleagueVisit(
                on=date(2026, 2, 26), who="邹远（服务）", whom="臧望海", promised="4 号磨床加测一次"
            ),
        ),
        bring=("ROI 模型双语版 2 份", "6 周数据附件 2", "保密协议待签", "身份证"),
        calendar=(Occasion(on=date(2026, 3, 18), what="韦𣗋 生日"),),
        not_in_file=(
            "谁批预算：不详",
            "集团信息安全委员会是否有否决权：不详",
            "程总对 S 公司的看法：不详",
            "二季度预算申报截止日：不详",
        ),
    )


def an_english_brief() -> Brief:
    """The same kind of visit where everybody writes English."""
    return Brief(
        visit=VISIT,
        heading=Heading(
            account="Northmere Bearings plc",
            number="KA-0412",
            unit="Halden plant",
            topic="Condition monitoring, phase 2",
            kind=Text("visit"),
            start=WHEN,
            minutes=60,
            place="Building 3, room 502, Quay Road 88, Halden",
            gate="North gate; bring your passport",
            host="Oluwaseun Adebayo-Whitcombe",
        ),
        made_by="Ines Carvalho",
        as_of=AS_OF,
        purpose=Purpose(
            outcome="Ms Whitcombe agrees to move the pilot from evaluation to budget, and names"
            " a project lead by 20 March.",
            ask="A written budget line for Q2, and a date for the ROI review with the CFO.",
            fallback="The downtime records of the last twelve months.",
            red_lines=("No discount at this meeting",),
        ),
        facts=(
            Fact(
                label=Text("revenue, 12 months"),
                value=Money(264_000_000, "GBP"),
                privacy=Privacy.MONEY,
            ),
            Fact(label=Text("share of wallet"), value="31 %", note="target 45 %"),
            Fact(label=Text("contract ends"), value="2026-09-30", note="in 202 days"),
        ),
        last_here=date(2026, 2, 18),
        changes=(
            Change(
                on=date(2026, 3, 6), what="Grinder 4 stood still for nine hours: spindle bearing"
            ),
            Change(
                on=date(2026, 3, 2), what="The customer’s press release: plant 3 opens in September"
            ),
        ),
        attendees=(
            Attendee(
                id="e1",
                name="Oluwaseun Adebayo-Whitcombe",
                address="Ms Whitcombe",
                post="Managing director",
                roles=(DECIDER,),
                last_met=date(2025, 12, 9),
                focus="Cash, output, and two years to earn it back",
                stance=0,
                influence=5,
                stance_since=date(2025, 12, 9),
                advice=Advice(
                    say="Twenty-four months; ready for the annual meeting",
                    show="Six weeks of data from three grinders",
                ),
            ),
            Attendee(
                id="e2",
                name="Piet van der Westhuizen",
                address="Piet",
                post="Head of maintenance",
                roles=(USER,),
                first_meeting=True,
                concern=Text("usually: effect on daily work"),
                influence=3,
            ),
        ),
        chain=ChainMap(
            cards=(
                Card(
                    id="e1",
                    name="Oluwaseun Adebayo-Whitcombe",
                    post="Managing director",
                    roles=(DECIDER,),
                    stance=0,
                    influence=5,
                    relation=2,
                    attends=True,
                    decides=True,
                ),
                Card(
                    id="e2",
                    name="Piet van der Westhuizen",
                    post="Head of maintenance",
                    roles=(USER,),
                    influence=3,
                    relation=0,
                    met=False,
                    attends=True,
                    reports_to="e1",
                ),
                Card(
                    id="e3",
                    name="Greta Lindqvist",
                    post="Finance director",
                    roles=(APPROVER,),
                    stance=-1,
                    influence=4,
                    relation=1,
                    reports_to="e1",
                ),
            ),
            ties=(Tie(source="e3", target="e1", weight=3, against_us=True),),
        ),
        promises=(
            Promise(
                what="Send the ROI model with its sensitivities",
                ours=True,
                who="Ines Carvalho",
                due=date(2026, 3, 10),
            ),
            Promise(
                what="Open a read-only account for the line",
                ours=False,
                who="Piet van der Westhuizen",
                due=date(2026, 3, 12),
            ),
        ),
        visits=(
            PastVisit(
                on=date(2026, 2, 18),
                people=("Oluwaseun Adebayo-Whitcombe",),
                said="She asked where the thresholds come from and whether they agree with"
                " the standard.",
                result="Six weeks of data are ours to use.",
                atmosphere=Text("smooth"),
            ),
        ),
        questions=(
            Question(
                text="By what rule would you choose, if only one project fits this quarter?",
                reason="criteria not known",
            ),
        ),
        not_in_file=("Who signs the budget: not known", "Date of the budget round: not known"),
    )


def a_bare_brief() -> Brief:
    """An account about which next to nothing is known, and no visit planned."""
    return Brief(
        heading=Heading(account="无名小厂", number="KA-0999"),
        made_by="林晓彤",
        as_of=AS_OF,
        not_in_file=(Text("No decider is known."), Text("Nobody of theirs is in the file.")),
    )


def a_crowded_brief() -> Brief:
    """Forty attendees, two hundred characters in every text, far more of everything than fits."""
    rich = a_brief()
    long = "关于二号产线状态监测试点的口径、阈值、验收标准与付款节奏的说明（含附件）" * 5
    name = "超长姓名与称谓组合" * 22
    people = tuple(
        replace(
            rich.attendees[at % 6],
            id=f"x{at}",
            name=(name if at < 3 else f"与会人{at:02d}"),
            post=long,
            department=long,
            focus=long,
            motive=long,
            advice=Advice(say=long, show=long, avoid=long),
        )
        for at in range(40)
    )
    cards = tuple(
        Card(
            id=f"x{at}",
            name=people[at].name,
            post=long,
            roles=(EVALUATOR,),
            attends=True,
            stance=at % 5 - 2,
            influence=at % 5 + 1,
            relation=at % 6,
            reports_to=f"x{(at - 1) // 3}" if at else None,
        )
        for at in range(40)
    )
    ties = tuple(
        Tie(
            source=f"x{at}",
            target=f"x{(at * 7 + 3) % 16}",
            weight=at % 3 + 1,
            against_us=at % 2 == 0,
        )
        for at in range(16)
    )
    return replace(
        rich,
        heading=replace(
            rich.heading,
            account=name[:200],
            other_name=name[:200],
            topic=long,
            place=long,
            gate=long,
            host=name,
            unit=long,
        ),
        purpose=Purpose(outcome=long, ask=long, fallback=long, red_lines=(long,) * 9, price=long),
        facts=tuple(replace(fact, value=long, note=long) for fact in rich.facts),
        changes=tuple(Change(on=date(2026, 3, 1), what=long) for _ in range(30)),
        attendees=people,
        named_only=tuple(name for _ in range(20)),
        chain=ChainMap(cards=cards, ties=ties, way_in=("x5", "x1", "x0")),
        risk=Risk(rule=long, evidence=long, advice=Advice(say=long, show=long, avoid=long)),
        promises=tuple(
            Promise(what=long, ours=at % 2 == 0, who=name, due=date(2026, 3, 1 + at % 28))
            for at in range(40)
        ),
        visits=tuple(
            PastVisit(on=date(2026, 1, 1 + at), people=(name,) * 8, said=long, result=long)
            for at in range(9)
        ),
        business=tuple(
            Business(kind=Text("opportunity"), name=long, step=long, amount=Money(99_999_999_999))
            for _ in range(15)
        ),
        questions=tuple(Question(text=long, reason=long, whom=name) for _ in range(12)),
        their_questions=tuple(
            TheirQuestion(question=long, answer=long, who=name) for _ in range(12)
        ),
        our_side=tuple(OurPart(name=name, topic=long, counterpart=name) for _ in range(12)),
        rivals=tuple(RivalMove(on=None, what=long) for _ in range(12)),
        colleagues=tuple(
            ColleagueVisit(on=date(2026, 2, 1), who=name, whom=name, promised=long)
            for _ in range(12)
        ),
        bring=(long,) * 12,
        calendar=(Occasion(on=date(2026, 3, 18), what=long),) * 5,
        not_in_file=(long,) * 12,
    )


def a_hostile_brief() -> Brief:
    """Texts that try to be markup, links or tricks of writing direction."""
    tag = (
        "<img src=/etc/passwd> <a href=javascript:alert(1)>x</a> <para>&amp; (\\) %s {n} \u202eevil"
    )
    rich = a_brief()
    return replace(
        rich,
        heading=replace(rich.heading, account=tag, topic=tag, host=tag),
        purpose=Purpose(outcome=tag, ask=tag, fallback=tag, red_lines=(tag,)),
        promises=(Promise(what=tag, ours=True, who=tag),),
        attendees=(replace(rich.attendees[0], name=tag, post=tag, focus=tag),),
    )


EXTREMES = {
    "rich": a_brief,
    "english": an_english_brief,
    "bare": a_bare_brief,
    "crowded": a_crowded_brief,
    "hostile": a_hostile_brief,
}
"""Every brief that must fill two decent pages, by name."""


def a_table_page() -> TablePage:
    """A full table page."""
    return TablePage(
        visit=VISIT,
        customer="澄川精密传动有限公司",
        topic="状态监测二期 · 技术交流",
        start=WHEN,
        minutes=90,
        place="3 号楼 502 会议室",
        agenda=(
            AgendaItem(start=time(14, 0), topic="数据回顾：6 周、3 台磨床", speaker="吴启明"),
            AgendaItem(start=time(14, 30), topic="验收标准", speaker="韦𣗋"),
            AgendaItem(start=time(15, 0), topic="下一步与时间表", speaker="林晓彤"),
        ),
        participants=(
            Participant(name="程岱川", post="总经理"),
            Participant(name="梁予安", post="财务总监"),
            Participant(name="韦𣗋", post="总工程师"),
            Participant(name="Marcus Oyelaran", post="VP Operations (Group)"),
            Participant(name="林晓彤", post="大客户经理", ours=True),
            Participant(name="吴启明", post="售前顾问", ours=True),
        ),
        open_items=(
            OpenItem(what="开通 OPC UA 只读账号（二号产线）", who="鄢晓阳", due=date(2026, 3, 5)),
            OpenItem(what="ROI 模型双语版", who="林晓彤", due=date(2026, 3, 13)),
        ),
        points=("验收标准由谁确认？", "三号工厂的时间表"),
    )
