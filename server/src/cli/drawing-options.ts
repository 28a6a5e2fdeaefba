/** What a picture shows, as options of a command. */
import type { ForLocales } from "../flow/locale.ts";
import type { LayoutOptions } from "../ladder/layout.ts";
import { NUMBER_STYLES } from "../ladder/number-style.ts";
import { readChoice } from "./command.ts";

export const DRAWING_OPTIONS = {
  "label-numbers": { type: "string" },
  states: { type: "string" },
  time: { type: "string" },
  answers: { type: "boolean" },
  "no-classes": { type: "boolean" },
} as const;

export const DRAWING_HELP: ForLocales<string> = {
  en: `  --label-numbers written|relative|absolute
                           numbers in the picture: as written (the default), from the start of each
                           stream, or as they could be on the wire
  --states rfc|netstat     names of states as in RFC 9293 (the default) or as netstat prints them
  --time even|scale        evenly spaced (the default), or as far apart as the time between
  --answers                blanks show what belongs there
  --no-classes             without "retransmission", "duplicate ACK" and so on
`,
  "zh-cn": `  --label-numbers written|relative|absolute
                           图中的序号：按原文（默认）、相对于各方向的起点，或线路上可能的值
  --states rfc|netstat     状态名：同 RFC 9293（默认），或同 netstat 的输出
  --time even|scale        均匀分布（默认），或按时间比例
  --answers                空白处显示答案
  --no-classes             不显示“重传”“重复 ACK”等类别
`,
};

export interface DrawingValues {
  readonly "label-numbers"?: string | undefined;
  readonly states?: string | undefined;
  readonly time?: string | undefined;
  readonly answers?: boolean | undefined;
  readonly "no-classes"?: boolean | undefined;
}

/** @throws CannotRun for a choice that is not known */
export function drawingOptions(values: DrawingValues): LayoutOptions {
  const { "label-numbers": numbers = "written", states = "rfc", time = "even", answers = false } = values;
  return {
    numbers: readChoice("kind of numbers", numbers, NUMBER_STYLES),
    states: readChoice("states", states, ["rfc", "netstat"]),
    time: readChoice("spacing", time, ["even", "scale"]),
    answers,
    classes: values["no-classes"] !== true,
  };
}
