/** How a flow ends: half-open, half-closed, or with something still to come. */
import type { Block } from "../tcp/block.ts";
import { distance } from "../tcp/numbers.ts";
import { isSynchronized } from "../tcp/states.ts";
import { book } from "./report.ts";
import { isUnchecked, nameOf, type Run } from "./run.ts";
import { textsOf } from "./texts.ts";

/** One hint on the last statement that names what is left open. */
export function reportEnding(run: Run): void {
  const last = run.flow.events.findLast(
    (event) => event.kind !== "open" && event.kind !== "shut" && event.kind !== "deliver",
  );
  if (!last || run.flow.segments.length === 0) return;
  const open = leftOpen(run);
  if (open.length === 0) return;
  book(run, {
    rule: "unfinished",
    severity: "hint",
    message: textsOf(run.flow.locale).endsOpen(open.slice(0, 3), open.length - 3),
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
    const reason = reasonOf(run, nameOf(run, end), block, peer);
    if (reason) found.push(reason);
  }
  const flying = run.fates.filter((fate) => fate === "under way").length;
  if (flying > 0) found.push(textsOf(run.flow.locale).underWay(flying));
  return found;
}

function reasonOf(run: Run, who: string, block: Block, peer: Block): string | undefined {
  const texts = textsOf(run.flow.locale);
  const { state, sndUna, sndNxt } = block;
  if (state === "SYN-SENT" || state === "SYN-RECEIVED") return texts.halfOpen(who, state);
  if (
    state === "CLOSE-WAIT" ||
    state === "FIN-WAIT-1" ||
    state === "FIN-WAIT-2" ||
    state === "CLOSING" ||
    state === "LAST-ACK"
  ) {
    return texts.halfClosed(who, state);
  }
  if (state === "ESTABLISHED" && !isSynchronized(peer.state)) return texts.establishedAlone(who, peer.state);
  const outstanding = isSynchronized(state) && sndUna && sndNxt && distance(sndUna, sndNxt, run.symbols).min > 0;
  return outstanding && state !== "TIME-WAIT" ? texts.outstanding(who) : undefined;
}
