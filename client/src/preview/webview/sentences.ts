/** The ladder as a list of sentences, for screen readers. */
import type { Steps } from "../../../../server/src/ladder/steps.ts";
import { make } from "./dom.ts";
import { type Moments, stepAt } from "./moments.ts";

export interface Sentences {
  load(steps: Steps): void;
  mark(moments: Moments, position: number): void;
}

export function createSentences(list: HTMLElement): Sentences {
  let items: readonly HTMLElement[] = [];
  let marked: HTMLElement | undefined;
  return {
    load: (steps) => {
      items = steps.steps.map((step) => make("li", "", [step.words, ...changesOf(steps, step.changes)].join("; ")));
      list.replaceChildren(...items.filter((item) => item.textContent !== ""));
    },
    mark: (moments, position) => {
      marked?.removeAttribute("aria-current");
      marked = stepAt(moments, position) === undefined ? undefined : items[moments.acts[position] ?? -1];
      marked?.setAttribute("aria-current", "step");
    },
  };
}

function changesOf(steps: Steps, changes: Steps["steps"][number]["changes"]): string[] {
  return changes.flatMap(([end, view]) => {
    const name = steps.views[view]?.name ?? "";
    return name === "" ? [] : [`${steps.ends[end]?.key ?? ""}: ${name}`];
  });
}
