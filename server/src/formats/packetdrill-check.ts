/** A packetdrill script as checked: the kernel under test by what it must send, the packets that are injected by nothing. */
import type { Finding, RuleId } from "../flow/findings.ts";
import type { Locale } from "../flow/locale.ts";
import { replay } from "../flow/replay.ts";
import { packetdrillFlow } from "./packetdrill-flow.ts";
import { formatTexts } from "./texts.ts";

export interface ScriptReport {
  readonly findings: readonly Finding[];
  readonly title: undefined;
  readonly segments: number;
  readonly connections: number;
}

/** Calls are facts of the script, and what leaves in one piece may be cut into segments below. */
const NOT_JUDGED: ReadonlySet<RuleId> = new Set(["illegal-call", "mss-exceeded", "unfinished"]);

/** Never throws. `firstLine` is the number of the first line as messages count it. */
export function checkPacketdrill(text: string, firstLine: number, locale: Locale): ScriptReport {
  const { flow, untold } = packetdrillFlow(text, firstLine, locale);
  const { findings, ends } = replay(flow);
  const judged = findings.filter(({ rule }) => !NOT_JUDGED.has(rule)).map((finding) => ({ ...finding, fixes: [] }));
  const unread = untold.flatMap(({ what, span, why }): Finding[] =>
    what === "unreadable"
      ? [
          {
            rule: "syntax",
            severity: "warning",
            message: formatTexts(locale).unreadable(why),
            span,
            related: [],
            fixes: [],
            expected: false,
          },
        ]
      : [],
  );
  return {
    findings: [...judged, ...unread].sort((a, b) => a.span.start - b.span.start),
    title: undefined,
    segments: flow.segments.length,
    connections: new Set(ends.map(({ connection }) => connection)).size,
  };
}
