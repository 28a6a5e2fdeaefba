/** Text in, findings, states and numbers out: what tests of flows look at. */
import type { Finding } from "../../server/src/flow/findings.ts";
import { replay } from "../../server/src/flow/replay.ts";
import type { Field, Replay } from "../../server/src/flow/replay-types.ts";
import { parse } from "../../server/src/language/parse.ts";
import { showNumber } from "../../server/src/tcp/numbers.ts";

/** The whole way from text to replay. */
export function check(text: string): Replay {
  return replay(parse(text));
}

/** Everything found that is not shown on purpose, as `rule @ the text it stands on`, in the order of the text. */
export function allFindings(text: string): string[] {
  return check(text)
    .findings.filter((finding) => !finding.expected)
    .map((finding) => describe(finding, text));
}

/** As `allFindings` but for the hint `unfinished`: most texts in tests are pieces of a connection. */
export function findings(text: string): string[] {
  return allFindings(text).filter((finding) => !finding.startsWith("unfinished "));
}

/** `rule @ the text it stands on`. */
export function describe(finding: Finding, text: string): string {
  return `${finding.rule} @ ${text.slice(finding.span.start, finding.span.end)}`;
}

/** The states after the last event: `client TIME-WAIT, server CLOSED`. */
export function states(text: string): string {
  return trace(text).at(-1) ?? "";
}

/** The states before the first event and then after each statement that makes something happen. */
export function trace(text: string): string[] {
  const { ends, flow, steps } = check(text);
  const now = ends.map((end) => end.start.state);
  // The endpoints in their order, whichever end of a connection begins.
  const order = [...ends.keys()].sort((a, b) => (ends[a]?.self.endpoint ?? 0) - (ends[b]?.self.endpoint ?? 0));
  const show = () => order.map((i) => `${ends[i]?.key} ${now[i]}`).join(", ");
  const lines = [show()];
  let statement = -1;
  for (const [i, event] of flow.events.entries()) {
    for (const change of steps[i]?.changes ?? []) now[change.end] = change.after.state;
    if (["assert", "note", "section", "open", "shut"].includes(event.kind)) continue;
    if (event.statement === statement) lines[lines.length - 1] = show();
    else lines.push(show());
    statement = event.statement;
  }
  return lines;
}

/** The numbers of every segment as read, left-out ones filled in; `…` where they have no name: `seq=x+1 ack=y+1 len=n`. */
export function numbers(text: string): string[] {
  const { readings, symbols } = check(text);
  const show = (name: string, field: Field | undefined) =>
    field === undefined ? [] : [`${name}=${showNumber(field.value, symbols) ?? "…"}`];
  return readings.map((reading) =>
    [
      ...show("seq", reading.seq),
      ...show("ack", reading.ack),
      ...show("len", reading.len).filter((len) => len !== "len=0"),
    ].join(" "),
  );
}

/** The classes of every segment. */
export function classes(text: string): string[] {
  return check(text).readings.map((reading) => reading.classes.join(", "));
}
