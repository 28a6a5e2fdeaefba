/** Which part of a line the cursor stands in, told from what is written before it. */

/** What belongs at the cursor. `typed` is what the author has typed of it. */
export type Place = { readonly typed: string } & (
  | { readonly kind: "statement" }
  | { readonly kind: "mark" }
  | { readonly kind: "rule" }
  | { readonly kind: "verb"; readonly subject: string }
  | { readonly kind: "receiver"; readonly sender: string }
  | ({ readonly kind: "flags" } & Ends)
  | ({ readonly kind: "field"; readonly flags: string; readonly fields: readonly string[] } & Ends)
  | ({ readonly kind: "number"; readonly field: string; readonly flags: string } & Ends)
  | { readonly kind: "option"; readonly used: readonly string[] }
  | { readonly kind: "call" | "timer" | "state"; readonly subject: string }
  | { readonly kind: "variable" | "peer"; readonly subject: string }
  | { readonly kind: "variable-number"; readonly subject: string; readonly variable: string }
  | { readonly kind: "party"; readonly listed: readonly string[] }
  | { readonly kind: "endpoint-clause" }
  | { readonly kind: "setting" }
  | { readonly kind: "setting-value"; readonly setting: string }
  | { readonly kind: "assertion"; readonly listed: readonly string[] }
  | { readonly kind: "sack"; readonly sender: string }
  | { readonly kind: "symbol" }
  | { readonly kind: "count" }
  | { readonly kind: "duration" }
  | { readonly kind: "way"; readonly word: "again" | "lost" }
);

/** Sender and receiver as written, with ports. */
interface Ends {
  readonly sender: string;
  readonly receiver: string;
}

const WORD = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_]*(?:-[\p{L}_\p{N}][\p{L}\p{M}\p{N}_]*)*`;
const PARTY = String.raw`${WORD}(?::\d+)?`;
const FLAGS = String.raw`(?:SYN|ACK|FIN|RST|PSH|URG|ECE|CWR)(?:[+\-/,](?:SYN|ACK|FIN|RST|PSH|URG|ECE|CWR))*`;
/** Words that take the place of a name at the start of a line. */
const OPENERS = new Set(["title", "endpoint", "section", "note", "let", "set", "wait", "repeat", "crossing"]);

const MARKS = /^\s*(?:@(?:expect|allow)\([^)]*\)\s*|@\+?[\d.]+\s*\w+\s+)*/u;

type Reader = (match: readonly string[]) => Place | undefined;

const at = (pattern: string, read: Reader): readonly [RegExp, Reader] => [new RegExp(`^${pattern}$`, "u"), read];
const text = (value: string | undefined): string => value ?? "";

/** Tried in this order on what stands behind the marks of the line. */
const PLACES: readonly (readonly [RegExp, Reader])[] = [
  at(String.raw`@(?:expect|allow)\((?:[\w-]+\s*,\s*)*([\w-]*)`, ([, typed]) => ({ kind: "rule", typed: text(typed) })),
  at(String.raw`@([\w-]*)`, ([, typed]) => ({ kind: "mark", typed: text(typed) })),
  at(`(${WORD})?`, ([, typed]) => ({ kind: "statement", typed: text(typed) })),
  at(String.raw`set\s+(${WORD})?`, ([, typed]) => ({ kind: "setting", typed: text(typed) })),
  at(String.raw`set\s+(${WORD})\s*=\s*(\w*)`, ([, setting, typed]) => ({
    kind: "setting-value",
    setting: text(setting),
    typed: text(typed),
  })),
  at(String.raw`let\s+(${WORD})?`, ([, typed]) => ({ kind: "symbol", typed: text(typed) })),
  at(String.raw`repeat\s+(\d*)`, ([, typed]) => ({ kind: "count", typed: text(typed) })),
  at(String.raw`wait\s+(\w*)`, ([, typed]) => ({ kind: "duration", typed: text(typed) })),
  at(String.raw`note\s+((?:${WORD}\s*,\s*)*)(${WORD})?`, ([, listed, typed]) => ({
    kind: "party",
    listed: text(listed)
      .split(/[\s,]+/u)
      .filter(Boolean),
    typed: text(typed),
  })),
  at(String.raw`endpoint\s.*\bis\s+[\w-]+\s+with\s(?:.*\s)?([\w.]*)`, ([, typed]) => ({
    kind: "variable",
    subject: "",
    typed: text(typed),
  })),
  at(String.raw`endpoint\s.*\bis\s+([\w-]*)`, ([, typed]) => ({ kind: "state", subject: "", typed: text(typed) })),
  at(String.raw`endpoint\s+(?:.*,\s*)?${WORD}\s+(?:as\s+\S+\s+)?(\w*)`, ([, typed]) => ({
    kind: "endpoint-clause",
    typed: text(typed),
  })),
  at(String.raw`(${PARTY})\s+calls\s+(\w*)`, ([, subject, typed]) => ({
    kind: "call",
    subject: text(subject),
    typed: text(typed),
  })),
  at(String.raw`(${PARTY})\s+timeout\s+([\w-]*)`, ([, subject, typed]) => ({
    kind: "timer",
    subject: text(subject),
    typed: text(typed),
  })),
  at(String.raw`(?:.*,\s*)?(${PARTY})\s+is\s+([\w-]*)`, ([, subject, typed]) => ({
    kind: "state",
    subject: text(subject),
    typed: text(typed),
  })),
  at(
    String.raw`(?:.*,\s*)?(${PARTY})\s+is\s+[\w-]+\s+with\s(?:.*\s)?([\w.]+)=([\w+-]*)`,
    ([, subject, variable, typed]) => ({
      kind: "variable-number",
      subject: text(subject),
      variable: text(variable),
      typed: text(typed),
    }),
  ),
  at(String.raw`(?:.*,\s*)?(${PARTY})\s+is\s+[\w-]+\s+with\s(?:.*\s)?([\w.]*)`, ([, subject, typed]) => ({
    kind: "variable",
    subject: text(subject),
    typed: text(typed),
  })),
  at(String.raw`(${PARTY})\s+(?:is|calls|timeout)\s.*\stowards\s+(${WORD})?`, ([, subject, typed]) => ({
    kind: "peer",
    subject: text(subject),
    typed: text(typed),
  })),
  at(String.raw`(?:.*,\s*)(${WORD})?`, ([line, typed]) =>
    /\sis\s/u.test(text(line)) ? { kind: "assertion", listed: asserted(text(line)), typed: text(typed) } : undefined,
  ),
  at(String.raw`(${PARTY})\s*(?:->|-x|~>)\s*(${WORD})?`, ([, sender, typed]) => ({
    kind: "receiver",
    sender: text(sender),
    typed: text(typed),
  })),
  at(String.raw`${WORD}\s+(arrives|gets)\s+(\w*)`, ([, verb, typed]) => ({
    kind: "way",
    word: verb === "gets" ? "lost" : "again",
    typed: text(typed),
  })),
  at(String.raw`(${PARTY})\s+([\p{L}~>-]*)`, ([, subject, typed]) =>
    OPENERS.has(text(subject)) ? undefined : { kind: "verb", subject: text(subject), typed: text(typed) },
  ),
  at(String.raw`(${PARTY})\s*(?:->|-x|~>)\s*(${PARTY})\s*[:：](.*)`, ([, sender, receiver, rest]) =>
    behindColon({ sender: text(sender), receiver: text(receiver) }, text(rest)),
  ),
];

/** The endpoints of which a line asserts something already. */
function asserted(line: string): string[] {
  return [...line.matchAll(new RegExp(`(${WORD})(?::\\d+)?\\s+is\\s`, "gu"))].map(([, name]) => text(name));
}

/** What belongs behind `before`, the line up to the cursor; nothing in a comment, in a text, and where anything may stand. */
export function placeIn(before: string): Place | undefined {
  const outside = before.replace(/"[^"]*"/gu, "");
  if (outside.includes("//") || outside.includes('"')) return undefined;
  const start = /^\s*[}]?\s*/u.exec(before)?.[0].length ?? 0;
  const marks = MARKS.exec(before)?.[0].length ?? 0;
  const statement = before.slice(Math.max(start, marks));
  for (const [pattern, read] of PLACES) {
    const match = pattern.exec(statement);
    const place = match && read(match);
    if (place) return place;
  }
  return undefined;
}

const FIELD = /(\w+)\s*=\s*([\w+-]*)$/u;

function behindColon(ends: Ends, rest: string): Place | undefined {
  const list = /<([^>]*)$/u.exec(rest)?.[1];
  if (list !== undefined) return optionIn(list, ends.sender);
  const flags = new RegExp(String.raw`^\s*(${FLAGS})\s`, "u").exec(rest)?.[1];
  if (flags === undefined) return { kind: "flags", ...ends, typed: rest.trimStart() };
  const number = FIELD.exec(rest);
  if (number) return { kind: "number", ...ends, flags, field: text(number[1]), typed: text(number[2]) };
  const clause = /\b(as|takes|spoofing)\s+(\S*)$/u.exec(rest);
  if (clause) return behindClause(text(clause[1]), text(clause[2]), ends.sender);
  const typed = /[\w<]*$/u.exec(rest)?.[0] ?? "";
  const fields = [...rest.matchAll(/(\w+)\s*=/gu)].map(([, name]) => text(name));
  return { kind: "field", ...ends, flags, fields, typed };
}

/** A new name is the author's own. */
function behindClause(clause: string, typed: string, sender: string): Place | undefined {
  if (clause === "takes") return { kind: "duration", typed };
  return clause === "spoofing" ? { kind: "party", listed: [sender], typed } : undefined;
}

function optionIn(list: string, sender: string): Place | undefined {
  const options = list.split(",");
  const typed = text(options.at(-1)).trimStart();
  const block = /^sack\s(?:\S+\s)*([\w:+-]*)$/u.exec(typed);
  if (block) return { kind: "sack", sender, typed: text(block[1]) };
  if (!/^\w*$/u.test(typed)) return undefined;
  return { kind: "option", used: options.slice(0, -1).map((one) => text(one.trim().split(/\s/u)[0])), typed };
}
