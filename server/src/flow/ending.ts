/** How a flow ends: half-open, half-closed, or with something still to come. */
import type { Block } from "../tcp/block.ts";
import { distance } from "../tcp/numbers.ts";
import { isSynchronized } from "../tcp/states.ts";
import { book } from "./report.ts";
import { isUnchecked, nameOf, type Run } from "./run.ts";

/** One hint on the last statement that names what is left open. */
export function reportEnding(run: Run): void {
  const last = run.flow.events.findLast(
    (event) => event.kind !== "open" && event.kind !== "shut" && event.kind !== "deliver",
  );
  if (!last || run.flow.segments.length === 0) return;
  const open = leftOpen(run);
  if (open.length === 0) return;
  const more = open.length > 3 ? `, and ${open.length - 3} more` : "";
  book(run, {
    rule: "unfinished",
    severity: "hint",
    message: `the flow ends here, but ${open.slice(0, 3).join("; ")}${more}`,
    rfc: "RFC 9293 §3.6",
    span: last.span,
    statement: last.statement,
    related: [],
    fixes: [],
    expected: false,
  });
}

function leftOpen(run: Run): string[] {
  const found: string[] = [];
  for (const [end, { other }] of run.connections.ends.entries()) {
    const block = run.ends[end]?.block;
    const peer = run.ends[other]?.block;
    if (!block || !peer || isUnchecked(run, end) || isUnchecked(run, other)) continue;
    const reason = reasonOf(run, block, peer);
    if (reason) found.push(`${nameOf(run, end)} ${reason}`);
  }
  const flying = run.fates.filter((fate) => fate === "under way").length;
  if (flying > 0) found.push(flying === 1 ? "a segment is still under way" : `${flying} segments are still under way`);
  return found;
}

function reasonOf(run: Run, block: Block, peer: Block): string | undefined {
  const { state, sndUna, sndNxt } = block;
  if (state === "SYN-SENT" || state === "SYN-RECEIVED") return `is half-open in ${state}`;
  if (
    state === "CLOSE-WAIT" ||
    state === "FIN-WAIT-1" ||
    state === "FIN-WAIT-2" ||
    state === "CLOSING" ||
    state === "LAST-ACK"
  ) {
    return `is half-closed in ${state}`;
  }
  if (state === "ESTABLISHED" && !isSynchronized(peer.state)) return `is ESTABLISHED while its peer is ${peer.state}`;
  const outstanding = isSynchronized(state) && sndUna && sndNxt && distance(sndUna, sndNxt, run.symbols).min > 0;
  return outstanding && state !== "TIME-WAIT" ? "has octets that are not acknowledged" : undefined;
}
