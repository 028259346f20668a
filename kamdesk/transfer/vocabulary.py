"""How the world heads its columns: English and Chinese headings for each field, best first."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from kamdesk.transfer.fields import ImportKind

_ACCOUNTS: Final = """
name: account name | company name | customer name | 客户名称 | 公司名称 | 企业名称 |
    单位名称 | 机构名称 | 客户全称 | 公司全称 | 企业全称 | 法定名称 | 客户 | 公司 | 单位 |
    企业 | 机构 | 名称 | 全称 | name | account | company | customer | organization |
    organisation | company or account | business name | legal name | employer
short_name: 客户简称 | 公司简称 | 企业简称 | 简称 | 股票简称 | 证券简称 | short name |
    abbreviation | stock name | trading name | nickname
other_names: 曾用名 | 别名 | 其他名称 | 英文名称 | 公司英文名称 | 企业英文名 | other names |
    aliases | alias | also known as | former names | english name
number: 客户编号 | 客户编码 | 客户代码 | 客户号 | account number | customer number |
    customer no | customer id | account no | client number
credit_code: 统一社会信用代码 | 社会信用代码 | 信用代码 | 统一信用代码 |
    unified social credit code | social credit code | credit code | uscc | usci | 营业执照号 |
    纳税人识别号 | 税号
kind_of_organisation: 企业性质 | 单位性质 | 公司性质 | 客户性质 | 所有制 | 企业类型 |
    公司类型 | 机构类型 | 组织性质 | kind of organisation | organisation type |
    organization type | ownership type
listed: 是否上市 | 上市 | 上市状态 | listed | is listed | publicly listed | ownership
stock_code: 股票代码 | 证券代码 | 上市代码 | symbol | ticker | ticker symbol | stock code |
    stock symbol | tickersymbol
industry: 行业 | 所属行业 | 行业类别 | 国标行业 | 行业大类 | 所属行业大类 | 客户行业 |
    industry | sector | naics desc | sic desc
group_parent: 所属集团 | 集团 | 集团名称 | 母公司 | 上级单位 | 上级公司 | 控股股东 |
    隶属集团 | group parent | parent account | parent company | parent | subsidiary of | group |
    parent account name | ultimate parent
region: 地区 | 大区 | 区域 | 所属地区 | 所在地区 | 销售区域 | region | area | territory |
    sales region | office location
province: 省份 | 所属省份 | 省 | 所在省份 | 省市 | state | province | billing state |
    billing state province | state province | billingstate | shipping state
city: 城市 | 所属城市 | 市 | 所在城市 | 地市 | city | billing city | town | billingcity |
    shipping city
address: 地址 | 注册地址 | 公司地址 | 企业地址 | 通信地址 | 通讯地址 | 联系地址 | 详细地址 |
    办公地址 | 办公地点 | 经营地址 | address | billing street | street | billing address |
    street address | registered address | shipping street | business street | work address |
    address line 1
website: 网址 | 官网 | 公司网址 | 网站 | 官方网站 | 主页 | 公司网站 | website | web site |
    url | homepage | web page | web | company website
phone: 电话 | 联系电话 | 公司电话 | 固定电话 | 座机 | 总机 | 电话号码 | 有效手机号 |
    企业公示的联系电话 | phone | telephone | tel | phone number | main phone |
    company main phone | business phone
employees: 员工人数 | 员工数 | 人数 | 企业人数 | 职工人数 | 从业人数 | 参保人数 | 人员规模 |
    企业规模 | number of employees | employees | numberofemployees | headcount |
    employee count | staff
annual_revenue: 年营业收入 | 营业收入 | 年收入 | 营收 | 年营收 | 营业额 | 年销售额 |
    销售收入 | annual revenue | revenue | annualrevenue | turnover | sales
currency: 币种 | 货币 | 币别 | currency | currency iso code | currencyisocode |
    account currency
first_signed: 首次签约 | 首次签约日期 | 首次签约时间 | 首签日期 | 签约日期 | 首次合作日期 |
    首次合作时间 | 合作起始日期 | 首次成交日期 | first signed | first signed on | signed on |
    date signed | first contract | first contract date | customer since | client since
owner: 客户经理 | 负责人 | 所属销售 | 销售负责人 | 业务员 | 跟进人 | 归属人 | 拥有人 |
    所有者 | owner | account owner | owner name | account manager | sales rep | sales agent
tags: 标签 | 客户标签 | 企业标签 | tags | labels | keywords | categories
note: 备注 | 说明 | 描述 | 备忘 | 客户备注 | note | notes | description | comment | comments |
    remark | remarks | account description
class_by_hand: 客户等级 | 客户分层 | 客户分类 | 分层 | 分类 | 客户级别 | 等级 | 级别 |
    客户类别 | account class | class | classification | tier | segment | customer class
source_key: ts code | tscode | id | account id | accountid | 编号 | 记录编号 | 唯一标识 |
    external id | record id | uuid | guid | key | 企业id | 公司id | 客户id | code | 代码
"""

_PEOPLE: Final = """
name: 姓名 | 联系人姓名 | 联系人 | 客户姓名 | 关键人 | name | full name | fullname |
    display name | contact name | contact | person | 名字 | 名称 | file as | fn
family_name: 姓 | 姓氏 | last name | lastname | family name | surname | last | n family
given_name: 名 | given name | first name | firstname | forename | first | n given
honorific: 称谓 | 尊称 | salutation | honorific | title prefix | name prefix | prefix | n prefix
form_of_address: 称呼 | form of address | how addressed
account: 公司 | 客户名称 | 公司名称 | 单位 | 单位名称 | 客户 | customer | 所属公司 | 所在公司 |
    所属客户 | 所在单位 | 企业名称 | 工作单位 | 机构 | company | account | account name |
    organization | organisation | organization 1 name | company name | organization name |
    company or account | employer | current employer | org
account_key: account id | accountid | 公司编号 | 客户编号 | 公司id | 客户id | company id |
    account number
department: 部门 | 所属部门 | 所在部门 | 部门名称 | department | organization 1 department |
    organization department | dept | division | org unit
post: 职务 | 职位 | 岗位 | 职务名称 | 头衔 | title | job title | position | jobtitle |
    organization 1 title | organization title | role | post
phone: 电话 | 座机 | 办公电话 | 固定电话 | 固话 | 联系电话 | 工作电话 | 电话号码 | phone |
    business phone | work phone | telephone | tel | office phone | phone 1 value |
    phone number | home phone
mobile: 手机 | 手机号 | 手机号码 | 移动电话 | 联系手机 | mobile | mobile phone | mobilephone |
    cell | cell phone | mobile number | cellphone | phone 2 value | tel cell
email: 邮箱 | 电子邮箱 | 电子邮件 | 邮件 | 邮箱地址 | 邮件地址 | email | e mail | mail |
    email address | e mail address | primary email | e mail 1 value | email 1 | work email
wechat: 微信 | 微信号 | wechat | weixin | wechat id | we chat
birthday: 生日 | 出生日期 | 出生年月 | 生辰 | birthday | birthdate | date of birth |
    birth date | dob | bday
focus: 关注点 | 关注 | 关注内容 | focus | interests | concern
note: 备注 | 说明 | 描述 | 备忘 | note | notes | description | comment | comments | remark |
    remarks
basis: 保留依据 | 处理依据 | 合法性基础 | ground for keeping | legal basis | lawful basis
data_source: 信息来源 | 数据来源 | data from | data source
collected_on: 收集日期 | 采集日期 | held since | collected on
told_on: 告知日期 | told on | informed on
keep_until: 保留至 | 保存期限 | keep until | retention date
source_key: id | contact id | contactid | 编号 | 联系人编号 | 记录编号 | 唯一标识 |
    external id | record id | uuid | guid | key | uid
"""

_VISITS: Final = """
account: 客户名称 | 客户 | 公司 | 公司名称 | 单位 | 单位名称 | 拜访客户 | 拜访单位 | 客户单位 |
    customer | account | company | account name | customer name | company name | organization
account_key: account id | accountid | 客户编号 | 客户id | 公司id | company id | whatid | what id
day: 拜访日期 | 拜访时间 | 日期 | 会议日期 | 会议时间 | 跟进日期 | 跟进时间 | 时间 | 开始时间 |
    visit date | meeting date | date | day | visited on | activity date | activitydate |
    start date | start | start time | held on | datetime | date time | activitydatetime
time: 时刻 | 拜访时刻 | 开始时刻 | 时间 | 几点 | time | start time | at
minutes: 时长 | 时长(分钟) | 分钟 | 拜访时长 | minutes | duration | duration minutes |
    durationinminutes | length
kind: 拜访方式 | 拜访类型 | 方式 | 形式 | 类型 | 跟进方式 | kind | type | visit type | channel |
    form of contact
topic: 主题 | 拜访主题 | 会议主题 | 议题 | 事由 | 标题 | topic | subject | title | about
place: 地点 | 拜访地点 | 会议地点 | 地址 | place | location | venue | where
people: 关键人 | 拜访对象 | 客户参会人 | 客户方参会人 | 客户方人员 | 客户人员 | 参会人员 | 参会人 |
    参加人员 | 与会人 | 联系人 | 被拜访人 | 见面人 | their people | attendees | contacts |
    contact | participants | met with | who we met | people
colleagues: 我方参会人 | 我方人员 | 同行人员 | 同行人 | 陪同人员 | 随行人员 | our people |
    colleagues | our attendees | team | joined by
author: 记录人 | 填写人 | 拜访人 | 拜访人员 | 业务员 | 销售 | 客户经理 | 创建人 | 跟进人 |
    负责人 | author | written by | created by | owner | logged by | sales rep | account manager
objective: 拜访目标 | 拜访目的 | 目标 | 目的 | objective | purpose | goal | aim
said: 谈了什么 | 拜访内容 | 沟通内容 | 会议内容 | 会议纪要 | 拜访记录 | 沟通记录 | 跟进内容 |
    跟进记录 | 内容 | 纪要 | 记录 | 详情 | 备注 | what was said | notes | note |
    minutes of meeting | description | summary | details | comments | body
outcome: 拜访结果 | 结果 | 成果 | 结论 | 拜访效果 | outcome | result | results | conclusion
next_step: 下一步 | 下一步计划 | 下一步行动 | 后续计划 | 后续行动 | 后续跟进 | 待办 | 跟进计划 |
    next step | next steps | next action | follow up | followup | action items | actions
next_step_by: 下一步日期 | 下一步时间 | 跟进截止 | 下次跟进时间 | 下次拜访时间 | 下次拜访日期 |
    next step by | next step date | follow up date | next visit | due date
no_next_step_because: 无下一步原因 | 没有下一步的原因 | why no next step | no next step because
our_promises: 我方承诺 | 我们的承诺 | our promises | our commitments | we promised
their_promises: 对方承诺 | 客户承诺 | 客户方承诺 | their promises | their commitments |
    customer commitments | they promised
promised_by: 承诺日期 | 承诺截止 | 兑现日期 | promised by | promise due | commitment due
state: 状态 | 拜访状态 | 完成状态 | state | status | visit status
source_key: id | 编号 | 拜访编号 | 记录编号 | 拜访id | visit id | activity id | event id |
    唯一标识 | external id | record id | uuid | guid | key
"""

_OPPORTUNITIES: Final = """
name: 商机名称 | 商机 | 机会名称 | 销售机会 | 项目名称 | 项目 | 标题 | opportunity |
    opportunity name | deal | deal name | name | project | project name | title
account: 客户名称 | 客户 | 公司 | 公司名称 | 单位 | 单位名称 | account name | customer |
    account | company | customer name | company name | organization
account_key: account id | accountid | 客户编号 | 客户id | 公司id | company id
step: 步骤 | 阶段 | 销售阶段 | 商机阶段 | 推进步骤 | step | stage | stage name | sales stage | phase
amount: 金额 | 预计金额 | 商机金额 | 预计销售金额 | 合同金额 | 项目金额 | amount | value |
    deal size | expected amount | expected revenue | deal value | opportunity amount
currency: 币种 | 货币 | currency | currency iso code | currency code
expected: 预计签约 | 预计签约日期 | 预计成交日期 | 预计成交时间 | 预计日期 | 结单日期 |
    预计结单日期 | expected | expected on | close date | closedate | expected close |
    expected close date
deal_state: 状态 | 商机状态 | 结果 | 赢单状态 | state | status | outcome | deal status
settled_on: 结案日期 | 赢单日期 | 成交日期 | 签约日期 | 关闭日期 | 实际成交日期 |
    won or lost on | won on | lost on | closed on | actual close date | settled on
since: 立项日 | 立项日期 | 开始日期 | 创建日期 | 创建时间 | open since | since | created on |
    created date | opened on | start date
note: 备注 | 说明 | 描述 | 情况说明 | note | notes | description | comments | remarks
source_key: id | 编号 | 商机编号 | 商机id | opportunity id | deal id | record id | external id |
    唯一标识
"""

_UNITS = re.compile(r"[(\[【]([^)\]】]*)[)\]】]|[/／:：]\s*(\S*元|千元|人)$")
_JOINTS = re.compile(r"[\s_./\\:*#\"'“”、,-]+")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def plain_heading(heading: str) -> str:
    """Return a heading as the tables above have it: no case, joints, units, marks of duty."""
    wide = unicodedata.normalize("NFKC", heading)
    wide = _UNITS.sub(" ", wide)
    wide = re.sub(r"__[cr]$", "", wide)
    wide = wide if wide.isupper() else _HUMPS.sub(" ", wide)
    return _JOINTS.sub(" ", wide).strip().casefold()


def unit_in(heading: str) -> str:
    """Return what a heading says in brackets, as ``万元`` in ``营业收入（万元）``."""
    found = _UNITS.search(unicodedata.normalize("NFKC", heading))
    return next((part.strip() for part in found.groups() if part), "") if found else ""


def _turned(table: str) -> MappingProxyType[str, tuple[tuple[str, int], ...]]:
    """Return for each heading the fields it can mean, with its place in their lists."""
    turned: dict[str, tuple[tuple[str, int], ...]] = {}
    for line in table.replace("|\n", "|").strip().splitlines():
        field, _, headings = line.partition(":")
        for place, heading in enumerate(headings.split("|")):
            plain, said = heading.strip(), (field, place)
            for form in dict.fromkeys((plain, plain.replace(" ", ""))):
                turned[form] = (*turned.get(form, ()), said)
    return MappingProxyType(turned)


HEADINGS: Final = MappingProxyType(
    {
        ImportKind.ACCOUNTS: _turned(_ACCOUNTS),
        ImportKind.PEOPLE: _turned(_PEOPLE),
        ImportKind.VISITS: _turned(_VISITS),
        ImportKind.OPPORTUNITIES: _turned(_OPPORTUNITIES),
    }
)
