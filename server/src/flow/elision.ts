/** `...`: legal data flowed and was acknowledged in every direction still open; states stay. */
import type { Block } from "../tcp/block.ts";
import { minus, type Num, plus, sameForm, symbol } from "../tcp/numbers.ts";
import { isUnchecked, type Run, setBlock, type WorkingEnd } from "./run.ts";

const OPEN = new Set(["ESTABLISHED", "CLOSE-WAIT", "FIN-WAIT-1"]);
const RECEIVING = new Set(["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"]);

/** Moves the numbers of every open direction on by unknown amounts. */
export function elide(run: Run): void {
  for (const [end, { other }] of run.connections.ends.entries()) {
    const sender = run.ends[end];
    const receiver = run.ends[other];
    if (!sender || !receiver || isUnchecked(run, end) || isUnchecked(run, other)) continue;
    const { block } = sender;
    const { sndNxt } = block;
    if (!sndNxt || block.finSent !== undefined || !OPEN.has(block.state) || !RECEIVING.has(receiver.block.state))
      continue;
    const to = afterGap(run, sender.stream, sndNxt, `#gap${run.steps.length}-${end}`);
    setBlock(run, end, sentAll(block, to));
    setBlock(run, other, tookAll(receiver.block, to));
  }
}

/** The number behind data that the flow leaves out. Where nothing was sent since the last gap, that one goes on. */
function afterGap(run: Run, { ranges }: WorkingEnd["stream"], from: Num, name: string): Num {
  const last = ranges.at(-1);
  if (last?.segment === -1 && sameForm(last.end, from)) return from;
  run.symbols.kinds.set(name, { kind: "count", least: 0 });
  const to = plus(from, symbol(name));
  ranges.push({ start: from, end: to, syn: false, fin: false, length: minus(to, from), segment: -1, carriers: [] });
  return to;
}

function sentAll(block: Block, to: Num): Block {
  return { ...block, sndNxt: to, sndUna: to, opened: true, idle: "silence" };
}

/** Whatever was owed has been answered; what comes next may answer anything. */
function tookAll(block: Block, to: Num): Block {
  return {
    ...block,
    rcvNxt: to,
    held: [],
    opened: true,
    answers: Number.POSITIVE_INFINITY,
    owes: undefined,
    lastTaken: undefined,
    lastArrived: undefined,
  };
}
