/** The blanks of a picture: what the reader is asked, and what belongs there. */
import type { Num } from "../tcp/numbers.ts";
import { describeSegment, sayAct } from "./describe.ts";
import type { Plan } from "./plans.ts";
import type { Scene } from "./scene.ts";
import { blankKey } from "./states.ts";

export interface Blank {
  readonly kind: "number" | "state";
  /** What is asked, for those who do not see where the box stands. */
  readonly label: string;
  /** As the picture would show it. */
  readonly answer: string;
  /** The answer as a number, which may be written in many ways. */
  readonly form?: Num;
}

/** By the keys of their boxes. Where nothing tells what belongs there, there is none. */
export function blanksOf({
  scene,
  plans,
  answers,
}: {
  readonly scene: Scene;
  readonly plans: ReadonlyMap<number, Plan>;
  /** Whether the picture shows what belongs there. */
  readonly answers: boolean;
}): Record<string, Blank> {
  const { texts } = scene;
  const blanks: Record<string, Blank> = {};
  for (const plan of plans.values()) {
    for (const { blank } of plan.parts) {
      if (blank === undefined) continue;
      const { key, field, answer, form } = blank;
      blanks[key] = { kind: "number", label: texts.fieldOf(field, describeSegment(scene, plan)), answer, form };
    }
  }
  for (const span of answers ? [] : scene.spans) {
    if (!span.blank) continue;
    const who = `${scene.lanes[span.lane]?.name ?? "?"}${scene.endNames[span.end] ?? ""}`;
    const before = sayAct(scene, plans, span.from);
    const label = before === "" ? texts.stateOf(who) : texts.stateAfter(who, before);
    blanks[blankKey(span)] = { kind: "state", label, answer: span.text };
  }
  return blanks;
}
