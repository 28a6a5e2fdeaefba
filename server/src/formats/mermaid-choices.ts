/** Where the lines of a script can be read in several ways. */
import { ACK, FIN, SYN } from "../tcp/flags.ts";
import type { Arrow, Script, Turn } from "./mermaid-scripts.ts";

/** Where a script can be read in several ways; option 0 is the likeliest. */
export interface Choice {
  readonly kind: "form" | "fate" | "cross" | "scene" | "late";
  /** The place of its arrow among the turns. */
  readonly turn: number;
  readonly options: number;
}

/** Options of a choice of kind "scene": the story goes on, a new one begins, or data was left out before. */
export const ANEW = 1;
export const ELIDED = 2;

/** Options of a choice of kind "late": how many segments of a run arrive before each one that answers it. */
export const ARRIVALS = [0, 1, 2, 1] as const;
/** Of these, the one in which the last answer finds all of them arrived. */
export const ALL_AT_LAST = 3;

/** The choices of a script, in the order of its lines. */
export function choicesOf({ turns }: Script): Choice[] {
  const choices: Choice[] = [];
  let past: Past = { before: undefined, edge: false, loop: false, answered: undefined };
  for (const [turn, now] of turns.entries()) {
    if (now.kind === "edge") past = { ...past, edge: true, loop: past.loop || now.loop };
    if (now.kind !== "arrow") continue;
    const add = (kind: Choice["kind"], options: number): void => {
      if (options > 1) choices.push({ kind, turn, options });
    };
    add("scene", scenesAt(past, now));
    add("cross", crossesAt(past, now) ? 2 : 1);
    add("late", beginsRun(turns, turn) ? ARRIVALS.length : 1);
    add("form", now.forms.length);
    add("fate", now.fates.length);
    const answers = canBe(now, SYN | ACK, SYN | ACK);
    const other = now.from === 0 ? 1 : 0;
    past = { before: now, edge: false, loop: false, answered: answers ? other : past.answered };
  }
  return choices;
}

/** What an arrow comes behind. */
interface Past {
  readonly before: Arrow | undefined;
  readonly edge: boolean;
  readonly loop: boolean;
  /** The side whose SYN was answered last. */
  readonly answered: 0 | 1 | undefined;
}

/** Behind an edge a new story may begin, or data be left out; a SYN may do so too where its last one was answered. */
function scenesAt({ before, edge, loop, answered }: Past, now: Arrow): number {
  if (!before) return 1;
  const opens = canBe(now, SYN, SYN | ACK);
  if (edge) return opens && !loop ? 2 : 3;
  return opens && answered === now.from ? 2 : 1;
}

function crossesAt({ before, edge }: Past, now: Arrow): boolean {
  return before !== undefined && !edge && before.from !== now.from && bothCan(before, now);
}

/** The arrows from a turn on as long as they go one way; and those that answer them. */
export function runsFrom(turns: readonly Turn[], turn: number): readonly [Arrow[], Arrow[]] {
  const runs: [Arrow[], Arrow[]] = [[], []];
  let run = 0;
  for (const now of turns.slice(turn)) {
    if (now.kind === "edge" && run === 1) break;
    if (now.kind !== "arrow") continue;
    const first = runs[0][0];
    if (first && (now.from !== first.from) !== (run === 1)) run++;
    if (run > 1) break;
    runs[run]?.push(now);
  }
  return runs;
}

/** Several segments one after the other, and several that answer them, which may have seen but some. */
function beginsRun(turns: readonly Turn[], turn: number): boolean {
  const now = turns[turn];
  const before = turns.slice(0, turn).findLast((one) => one.kind === "arrow");
  if (now?.kind !== "arrow" || before?.from === now.from) return false;
  const [run, answers] = runsFrom(turns, turn);
  return run.length > 1 && answers.length > 1;
}

/** Whether a form of the message has these of the flags that are looked at. */
function canBe({ forms }: Arrow, flags: number, among: number): boolean {
  return forms.some((form) => form.kind === "segment" && (form.flags & among) === flags);
}

/** SYNs and FINs may cross. */
function bothCan(a: Arrow, b: Arrow): boolean {
  return [SYN, FIN].some((flag) => canBe(a, flag, flag) && canBe(b, flag, flag));
}
