/** What pictures say in English: words in them, and their description for those who cannot see them. */
import type { Severity } from "../../flow/findings.ts";
import type { TimerName } from "../../flow/flow.ts";

const TIMEOUTS: Readonly<Record<TimerName, string>> = {
  retransmission: "retransmission timeout",
  persist: "persist timeout",
  keepalive: "keep-alive timeout",
  user: "user timeout",
  "time-wait": "2 MSL timeout",
};

const FIELDS: Readonly<Record<string, (value: string) => string>> = {
  seq: (value) => `sequence number ${value}`,
  ack: (value) => `acknowledgment number ${value}`,
  len: (value) => `length ${value}`,
  win: (value) => `window ${value}`,
  urg: (value) => `urgent pointer ${value}`,
};

export const EN = {
  // In the picture.
  title: "TCP exchange",
  noFlags: "no flags",
  oldDuplicate: "old duplicate",
  /** Several words in a list. */
  list: (words: readonly string[]) => words.join(", "),
  /** Several remarks, one after the other. */
  remarks: (words: readonly string[]) => words.join("; "),
  forged: (source: string) => `source forged: ${source}`,
  quoted: (text: string) => `“${text}”`,
  timeouts: TIMEOUTS,
  crash: "crash",
  footnote: (line: number, message: string, rule: string) => `line ${line}: ${message} (${rule})`,
  /** In the picture of characters. */
  severity: (severity: Severity): string => severity,
  finding: (severity: string, rule: string, message: string) => `${severity} ${rule}: ${message}`,
  findingAt: (line: number, finding: string) => `line ${line}: ${finding}`,
  note: "note",
  inBrackets: (text: string) => `(${text})`,
  noteLine: (text: string) => `Note: ${text}`,
  timesLine: (count: number) => `${count} times:`,
  andSoOn: "and so on.",
  is: (claim: string) => `is ${claim}`,

  // For Mermaid.
  sendsLater: (label: string) => `sends ${label}`,
  isLost: "lost",
  arrivesAgain: "arrives again",
  waits: (time: string) => `wait ${time}`,
  isSaidToBe: (claim: string) => `is said to be ${claim}`,

  // The description.
  sends: (from: string, label: string, to: string) => `${from} sends ${label} to ${to}`,
  /** The fields of a segment, spelled out. */
  withFields: (text: string, fields: readonly string[]) => `${text} with ${fields.join(", ")}`,
  fieldInWords: (name: string, value: string): string => (FIELDS[name] ?? ((known) => `${name} ${known}`))(value),
  blank: "blank",
  oldReaches: (label: string, to: string) => `an old segment ${label} reaches ${to}`,
  late: (text: string) => `${text}, late`,
  stays: (text: string) => `${text}, still in the network`,
  lost: (text: string) => `${text}, lost`,
  arrivesAt: (who: string, segment: string) => `it arrives at ${who}: ${segment}`,
  /** One step, when one goes through the picture. */
  arrives: (label: string, to: string) => `${label} arrives at ${to}`,
  segmentIsLost: (label: string) => `${label} is lost`,
  isIn: (who: string, state: string) => `${who} is ${state}`,
  isInBlank: (who: string) => `${who} is in a state to be named`,
  /** What happens, and the states that it leads to. */
  leadsTo: (words: string, states: string) => `${words}: ${states}`,
  sentence: (text: string) => `${text}.`,
  sentences: (parts: readonly string[]) => parts.join(" "),
  mistake: (rule: string, message: string) => `Mistake, ${rule}: ${message}.`,
  calls: (who: string, call: string) => `${who} calls ${call}`,
  happens: (who: string, what: string) => `${who}: ${what}`,
  isSaid: (who: string, claim: string) => `${who} is said to be ${claim}`,
  passes: (time: string) => `${time} pass`,
  someLeftOut: "some of the exchange is left out",
  leftOut: (what: string) => `left out: ${what}`,
  noteSays: (text: string) => `note: ${text}`,
  times: (count: number) => `${count} times`,
  andAgain: "and again",

  // Blanks.
  fieldOf: (field: string, segment: string) => `${field} of: ${segment}`,
  stateOf: (who: string) => `state of ${who}`,
  stateAfter: (who: string, what: string) => `state of ${who} after: ${what}`,
};

/** What pictures say; what one language has, all have. */
export type LadderTexts = typeof EN;
