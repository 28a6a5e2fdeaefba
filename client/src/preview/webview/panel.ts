/** The panel beside the ladder: what a debugger would show of both ends, and of the network between them. */

import type { ScriptTexts } from "../../../../server/src/page/texts.ts";
import { element, make } from "./dom.ts";
import { endsAt, type Moments, stepAt, underWay, viewsAt } from "./moments.ts";
import { createStateDiagrams } from "./state-diagram.ts";
import { fill } from "./texts.ts";

export interface Panel {
  show(moments: Moments, position: number): void;
}

export function createPanel(texts: ScriptTexts): Panel {
  const happening = element("happening");
  const blocks = element("blocks");
  const network = element("network");
  const diagrams = createStateDiagrams(element("diagrams"), texts);
  return {
    show: (moments, position) => {
      const count = moments.acts.length;
      const step = stepAt(moments, position);
      const place = make("span", "place", fill(texts.stepOf, position + 1, count));
      happening.replaceChildren(place, step === undefined ? texts.start : step.words);
      const ends = endsAt(moments, position);
      blocks.replaceChildren(...blockTable(moments, position, ends, texts));
      network.replaceChildren(...networkList(moments, position, texts));
      diagrams.show(moments, position, ends);
    },
  };
}

function blockTable(moments: Moments, position: number, ends: readonly number[], texts: ScriptTexts): HTMLElement[] {
  const { steps } = moments;
  const { now, before } = viewsAt(moments, position);
  const row = (name: string, of: (list: typeof now, end: number) => string) => {
    const head = make("th", "", name);
    head.scope = "row";
    const cells = ends.map((end) => cell(of(now, end), of(before, end), texts));
    return make("tr", "", head, ...cells);
  };
  const heads = ends.map((end) => {
    const head = make("th", "", steps.ends[end]?.key ?? "");
    head.scope = "col";
    return head;
  });
  const states = row(texts.state, (views, end) => views[end]?.name || texts.blank);
  for (const [i, end] of ends.entries()) {
    const view = now[end];
    // The colour would tell a state that the reader is to say.
    if (view && view.name !== "") states.cells[i + 1]?.classList.add("state", `s-${view.state.toLowerCase()}`);
  }
  const variables = steps.variables.map((name, i) => row(name, (views, end) => views[end]?.variables[i] ?? ""));
  const held = row(texts.held, (views, end) => views[end]?.held.join(", ") ?? "");
  return [make("thead", "", make("tr", "", make("td", ""), ...heads)), make("tbody", "", states, ...variables, held)];
}

/** What changed with this step stands out, and says what it was. */
function cell(now: string, before: string, texts: ScriptTexts): HTMLTableCellElement {
  const made = make("td", now === "" ? "unknown" : "", now === "" ? texts.unknown : now);
  if (now !== before) {
    made.classList.add("changed");
    made.title = fill(texts.before, before === "" ? texts.unknown : before);
  }
  return made;
}

function networkList(moments: Moments, position: number, texts: ScriptTexts): HTMLElement[] {
  const flying = [...underWay(moments, position).keys()].flatMap((segment) => moments.steps.segments[segment] ?? []);
  if (flying.length === 0) return [make("li", "unknown", texts.nothing)];
  return flying.map(({ label, from, to }) => make("li", "", make("span", "from-to", `${from} → ${to}`), " ", label));
}
