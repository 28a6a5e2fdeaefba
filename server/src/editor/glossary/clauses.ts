/** The meaning of the words inside of a line. */
import type { Entry } from "./words.ts";

export const CLAUSE_ENTRIES: Readonly<Record<string, Entry>> = {
  as: {
    means: {
      en: 'A name for the segment (`as late`), or the label of an endpoint (`as "Web server"`).',
      "zh-cn": '报文段的名称（`as late`），或端点的标签（`as "Web server"`）。',
    },
  },
  takes: { means: { en: "How long the segment is under way.", "zh-cn": "报文段在途的时间。" } },
  old: {
    means: {
      en: "A duplicate from before the flow: its sender's TCP is not asked, its receiver's is.",
      "zh-cn": "交互开始之前的旧副本：不检查发送方的 TCP，只检查接收方的。",
    },
  },
  spoofing: { means: { en: "The source address is forged.", "zh-cn": "源地址是伪造的。" } },
  unchecked: { means: { en: "Nothing is judged or filled in there.", "zh-cn": "该端点不作检查，也不补全。" } },
  with: { means: { en: "Variables of the control block.", "zh-cn": "控制块中的变量。" } },
  towards: {
    means: { en: "Says which connection is meant, by its other end.", "zh-cn": "用对端说明指的是哪个连接。" },
  },
  again: { means: { en: "A second copy of the segment arrives.", "zh-cn": "报文段的第二个副本到达。" } },
  lost: { means: { en: "The segment never arrives.", "zh-cn": "报文段不再到达。" } },
};
