/** The words of the language, and what else is read as each. */
import type { CallName, TimerName, VariableName } from "../flow/flow.ts";

/** They begin a statement. */
export const OPENERS = ["title", "endpoint", "crossing", "repeat", "wait", "section", "note", "let", "set"] as const;

/** They stand behind the endpoint or the segment that a statement is about. */
export const VERBS = ["is", "calls", "timeout", "crashes", "arrives", "gets"] as const;

export const CALLS: readonly CallName[] = ["listen", "connect", "send", "receive", "shutdown", "close", "abort"];

export const TIMERS: readonly TimerName[] = ["retransmission", "persist", "keepalive", "user", "time-wait"];

export const VARIABLES: readonly VariableName[] = ["snd.una", "snd.nxt", "snd.wnd", "rcv.nxt", "rcv.wnd", "iss", "irs"];

export const SETTINGS = ["latency", "msl", "rto", "mss", "window"] as const;

export const FIELDS = ["seq", "ack", "len", "win", "urg", "data"] as const;
export type FieldName = (typeof FIELDS)[number];

const FIELD_ALIASES: Readonly<Record<string, FieldName>> = {
  seqno: "seq",
  sequence: "seq",
  ackno: "ack",
  acknowledgment: "ack",
  length: "len",
  window: "win",
  wnd: "win",
  payload: "data",
};

export const OPTIONS = ["mss", "nop", "eol", "sackOK", "sack", "TS", "wscale", "FO"] as const;
export type OptionName = (typeof OPTIONS)[number];

/** Names in RFCs, in Wireshark and in the sockets interface. */
const OPTION_ALIASES: Readonly<Record<string, OptionName>> = {
  sackperm: "sackOK",
  sack_perm: "sackOK",
  "sack-permitted": "sackOK",
  timestamp: "TS",
  timestamps: "TS",
  ws: "wscale",
  "window-scale": "wscale",
  tsval: "TS",
  tsecr: "TS",
  tfo: "FO",
};

/** The known word that `word` is, whatever its case. */
export function known<Known extends string>(word: string, words: readonly Known[]): Known | undefined {
  const exact = words.find((candidate) => candidate === word);
  if (exact !== undefined) return exact;
  const lower = word.toLowerCase();
  return words.find((candidate) => candidate.toLowerCase() === lower);
}

const FIELD_NAMES: ReadonlyMap<string, FieldName> = new Map([
  ...FIELDS.map((name) => [name, name] as const),
  ...Object.entries(FIELD_ALIASES),
]);

export function fieldOf(word: string): FieldName | undefined {
  return FIELD_NAMES.get(word) ?? FIELD_NAMES.get(word.toLowerCase());
}

export function optionOf(word: string): OptionName | undefined {
  return known(word, OPTIONS) ?? OPTION_ALIASES[word.toLowerCase()];
}

/** Also `SND_NXT`. */
export function variableOf(word: string): VariableName | undefined {
  return known(word.replace("_", "."), VARIABLES);
}
