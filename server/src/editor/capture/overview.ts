/** What is in a capture: its connections, how long each is, and what is wrong in it. */
import { MOST_SEGMENTS } from "../../flow/drawn-connections.ts";
import type { Locale } from "../../flow/locale.ts";
import { asSevereAs, type RuleSettings } from "../settings.ts";
import { editorTexts } from "../texts.ts";
import { readCapture } from "./read.ts";
import type { ConnectionOverview, OverviewAnswer, OverviewParams, PacketFinding } from "./request.ts";

/** Nobody looks through more in a list. */
const MOST_CONNECTIONS = 1000;
const MOST_FINDINGS = 50;

/** Never throws on any octets. */
export function overviewOf({ octets }: OverviewParams, rules: RuleSettings, locale: Locale): OverviewAnswer {
  const texts = editorTexts(locale);
  const { check, connections, problem } = readCapture(octets, locale, () => {});
  if (problem !== undefined) return { kind: "problem", message: problem };
  const byConnection = Map.groupBy(asSevereAs(rules, check.findings), ({ connection }) => connection);
  const overviews = connections.slice(0, MOST_CONNECTIONS).map((connection): ConnectionOverview => {
    const found = byConnection.get(connection.number) ?? [];
    const count = (of: (severity: string) => boolean) => found.filter(({ severity }) => of(severity)).length;
    const [errors, warnings] = [count((of) => of === "error"), count((of) => of === "warning")];
    const parts = [
      ...(errors === 0 ? [] : [texts.errors(errors)]),
      ...(warnings === 0 ? [] : [texts.warnings(warnings)]),
      ...(found.length === errors + warnings ? [] : [texts.remarks(found.length - errors - warnings)]),
    ];
    const { segments } = connection;
    return {
      ...connection,
      found: parts.join(" · "),
      findings: found
        .slice(0, MOST_FINDINGS)
        .map(({ severity, packet, message }): PacketFinding => ({ severity, packet: packet + 1, message })),
      ...(segments > MOST_SEGMENTS && { problem: texts.tooLong(segments, MOST_SEGMENTS) }),
    };
  });
  return { kind: "overview", connections: overviews, more: connections.length - overviews.length };
}
