/**
 * Judges the exchanges of a diagram. Where a line can be read in several ways, the replay judges them, and the reading
 * with the fewest findings is what the author meant.
 */
import type { Finding } from "../flow/findings.ts";
import { replay, replayAsWritten } from "../flow/replay.ts";
import type { Replay } from "../flow/replay-types.ts";
import { type Choice, choicesOf } from "./mermaid-choices.ts";
import { reportStates, wrongStates } from "./mermaid-claims.ts";
import { type Scene, scenesOf } from "./mermaid-scenes.ts";
import type { Diagram, Script, Turn } from "./mermaid-scripts.ts";

/** A script as it is best read. */
export interface Told {
  readonly scenes: readonly Scene[];
  readonly findings: readonly Finding[];
}

/** What the search for the best reading of a diagram may cost: so many events replayed. */
export interface Budget {
  events: number;
}

/** Enough for every diagram that fits a page, and less than a second for others. */
export function fullBudget(): Budget {
  return { events: 25_000 };
}

/** How many turns back a choice may be that makes a line wrong. */
const REACH = 12;

export function tell(diagram: Diagram, script: Script, budget: Budget): Told {
  const { scenes, sure } = bestScenes(diagram, script, choicesOf(script), budget);
  const findings = scenes.flatMap((scene) => {
    const judged = replay(scene.flow);
    return [...judged.findings, ...reportStates(scene, wrongStates(scene, judged))];
  });
  // Of a diagram too large for the search another reading may be right.
  return { scenes, findings: sure ? findings : findings.map((finding) => ({ ...finding, severity: "hint" })) };
}

/** One reading of a script: the options taken, and how wrong it is. */
interface Reading {
  readonly chosen: readonly number[];
  readonly scenes: readonly Scene[];
  readonly cost: number;
  /** The statements that are wrong. */
  readonly wrong: ReadonlySet<number>;
}

/** Mends one wrong line after the other, from the top, by the choice near it that helps most. */
function bestScenes(
  diagram: Diagram,
  script: Script,
  choices: readonly Choice[],
  budget: Budget,
): { scenes: readonly Scene[]; sure: boolean } {
  const read = (chosen: readonly number[]): Reading =>
    weigh(chosen, scenesOf(diagram, script, choices, chosen), budget);
  let best = read(choices.map(() => 0));
  let settled = 0;
  while (best.cost > 0 && budget.events > 0) {
    const { wrong } = best;
    const isWrong = (turn: Turn): boolean => turn.kind !== "edge" && wrong.has(turn.statement);
    const at = script.turns.findIndex((turn, i) => i >= settled && isWrong(turn));
    if (at < 0) return { scenes: best.scenes, sure: true };
    const before = best;
    for (const chosen of changesNear(at, choices, before.chosen)) {
      const tried = budget.events > 0 ? read(chosen) : best;
      if (tried.cost < best.cost) best = tried;
    }
    if (best === before) settled = at + 1;
  }
  return { scenes: best.scenes, sure: best.cost === 0 };
}

/** Every single other option at or before a turn. */
function* changesNear(at: number, choices: readonly Choice[], chosen: readonly number[]): Generator<readonly number[]> {
  for (const [index, { turn, options }] of choices.entries()) {
    if (turn > at + 1 || turn < at - REACH) continue;
    for (let option = 0; option < options; option++) {
      if (option !== chosen[index]) yield chosen.with(index, option);
    }
  }
}

const COSTS = { error: 40, warning: 30, info: 1, hint: 1 } as const;
/** What breaks off a connection that is not at rest is no reading. */
const BROKEN_OFF = 1000;

function weigh(chosen: readonly number[], scenes: readonly Scene[], budget: Budget): Reading {
  let cost = 0;
  const wrong = new Set<number>();
  const complain = (statement: number | undefined, weight: number): void => {
    cost += weight;
    if (statement !== undefined) wrong.add(statement);
  };
  for (const [i, scene] of scenes.entries()) {
    const judged = replayAsWritten(scene.flow);
    budget.events -= scene.flow.events.length + judged.findings.length + 1;
    for (const { rule, severity, statement } of judged.findings) {
      if (rule !== "missing-ack-flag") complain(statement, COSTS[severity]);
    }
    for (const { note } of wrongStates(scene, judged)) complain(note.statement, COSTS.error);
    if (scenes[i + 1]?.resumes && !isAtRest(judged)) cost += BROKEN_OFF;
  }
  return { chosen, scenes, cost, wrong };
}

/** Both ends are open. */
function isAtRest({ ends, steps }: Replay): boolean {
  return ends.every(({ start }, end) => {
    const last = steps.findLast(({ changes }) => changes.some((change) => change.end === end));
    const block = last?.changes.findLast((change) => change.end === end)?.after ?? start;
    return block.state === "ESTABLISHED";
  });
}
