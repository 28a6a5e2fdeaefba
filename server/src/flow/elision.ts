/** `...`: legal data flowed and was acknowledged in every direction still open; states stay. */
import type { Block } from "../tcp/block.ts";
import { minus, type Num, plus, symbol } from "../tcp/numbers.ts";
import { isUnchecked, type Run, setBlock } from "./run.ts";

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
    const name = `#gap${run.steps.length}-${end}`;
    run.symbols.kinds.set(name, { kind: "count", least: 0 });
    const to = plus(sndNxt, symbol(name));
    const length = minus(to, sndNxt);
    sender.stream.ranges.push({ start: sndNxt, end: to, syn: false, fin: false, length, segment: -1, carriers: [] });
    setBlock(run, end, sentAll(block, to));
    setBlock(run, other, tookAll(receiver.block, to));
  }
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
