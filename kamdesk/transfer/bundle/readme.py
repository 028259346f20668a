"""What is written into a bundle for whoever opens it without KamDesk, in both languages."""

from typing import Final

README: Final = """\
KamDesk · open bundle / 开放数据包
================================

Everything one workspace holds, as plain text. It is NOT encrypted: whoever has this file can read
all of it. Keep it as you keep the workspace, and delete it when it has served.

  bundle.json            the form of this bundle, and how many records of each kind there are
  records/<kind>.jsonl   the records as they stand: one JSON object a line, ordered by id
  history.jsonl          who changed what and when: actions, each followed by its changes
  erased.jsonl           people who were erased: id, kind and time, nothing else
  offered.jsonl          what is offered to the team, where there is one
  files/                 what is in kept files, named by its SHA-256; records/file.jsonl says whose

Ids are 32 hex digits; the same id in two places is the same thing. Days are written 2026-03-12,
moments in UTC with the zone they were meant in. Money is a whole number of the currency's smallest
unit, beside the currency. What says nothing is left out. "gone": deleted, can be restored.
"contested": cells on which two people wrote at once and nobody has decided yet. What was typed and
not saved is not in here, nor is any key or passphrase. People whose use is restricted are in here,
so marked.

To have it as a workspace again:   kamdesk init FOLDER --from BUNDLE.zip
To add it to another workspace:    kamdesk import BUNDLE.zip

The history is the truth and the records are what it amounts to. If you change records by hand, take
history.jsonl out; then they are imported as new entries of the day.

--------------------------------

一个工作区的全部内容，均为纯文本。本文件未加密：拿到它的人都能读到全部内容。请像保管工作区一样保管它，
用完即删。

  bundle.json            数据包的格式，以及各类记录的数量
  records/<类别>.jsonl   各条记录的现状：每行一个 JSON 对象，按编号排序
  history.jsonl          谁在何时改了什么：每个操作之后是它的各项改动
  erased.jsonl           已被彻底删除的人员：只有编号、类别和时间
  offered.jsonl          与团队共享的范围（有团队时）
  files/                 所存文件的内容，以其 SHA-256 命名；归属见 records/file.jsonl

编号为 32 位十六进制数字，相同编号即同一对象。日期写作 2026-03-12；时刻为 UTC，并附其所属时区。
金额为币种最小单位的整数，旁边注明币种。没有内容的字段不写。"gone"：已删除，可恢复。
"contested"：两人同时改动、尚未裁定的字段。未保存的草稿、密钥与口令不在其中。
已限制处理的人员在其中，并带有标记。

还原为工作区：    kamdesk init 文件夹 --from 数据包.zip
并入其他工作区：  kamdesk import 数据包.zip

以历史为准，记录由历史得出。如需手工修改记录，请先移除 history.jsonl；
此时记录将作为当日的新条目导入。
"""
