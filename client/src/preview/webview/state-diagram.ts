/** The state diagram of RFC 9293, once for each end, with the way that it has gone. */

import type { ScriptTexts } from "../../../../server/src/page/texts.ts";
import diagram from "../../../media/state-diagram.svg";
import { make } from "./dom.ts";
import { type Moments, pathOf } from "./moments.ts";
import { fill } from "./texts.ts";

export interface StateDiagrams {
  show(moments: Moments, position: number, ends: readonly number[]): void;
}

/** CLOSED stands twice in it, as in the RFC; this is the lower one. */
const END = "END";

export function createStateDiagrams(host: HTMLElement, texts: ScriptTexts): StateDiagrams {
  const drawn = new DOMParser().parseFromString(diagram, "image/svg+xml").documentElement;
  const ways = new Set([...drawn.querySelectorAll(".way")].map((way) => `${at(way, "from")} ${at(way, "to")}`));
  const figures: HTMLElement[] = [];

  const figureAt = (place: number): HTMLElement => {
    const known = figures[place];
    if (known !== undefined) return known;
    const made = make("figure", "", make("figcaption", ""), document.importNode(drawn, true));
    made.querySelector("svg")?.setAttribute("role", "img");
    figures[place] = made;
    return made;
  };

  return {
    show: (moments, position, ends) => {
      const shown = ends.map((end, place) => {
        const figure = figureAt(place);
        const key = moments.steps.ends[end]?.key ?? "";
        const path = pathOf(moments, end, position);
        figure.querySelector("figcaption")?.replaceChildren(key);
        const names = path.map(({ name }) => name || texts.blank);
        figure.querySelector("svg")?.setAttribute("aria-label", fill(texts.diagram, key, names.join(", ")));
        for (const text of figure.querySelectorAll(".state text")) {
          const state = text.parentElement?.dataset.state ?? "";
          const name = moments.steps.names[state === END ? "CLOSED" : state] ?? "";
          if (text.textContent !== name) text.textContent = name;
        }
        // A state that the reader is to say is not shown, and neither is the way there.
        const told = path.map(({ state, name }) => (name === "" ? "" : state));
        mark(figure, walk(told, ways));
        return figure;
      });
      if (shown.length !== host.childElementCount || shown.some((figure) => figure.parentElement !== host))
        host.replaceChildren(...shown);
    },
  };
}

interface Walk {
  readonly visited: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  readonly current: string;
  /** The ways of the last change. */
  readonly last: readonly string[];
}

/** The states and ways in the diagram that a path goes through. */
function walk(path: readonly string[], ways: ReadonlySet<string>): Walk {
  const visited = new Set<string>();
  const taken = new Set<string>();
  let current = "";
  let last: string[] = [];
  for (const state of path) {
    const found = waysBetween(current, state, ways);
    last = found.ways;
    current = found.to;
    for (const way of last) {
      taken.add(way);
      for (const node of way.split(" ")) visited.add(node);
    }
    visited.add(current);
  }
  visited.delete("");
  return { visited, taken, current, last };
}

function waysBetween(from: string, to: string, ways: ReadonlySet<string>): { ways: string[]; to: string } {
  for (const target of to === "CLOSED" ? [to, END] : [to]) {
    const way = `${from} ${target}`;
    if (ways.has(way)) return { ways: [way], to: target };
    // A segment with the last ACK of the handshake and a FIN takes two ways at once.
    const both = [`${from} ESTABLISHED`, `ESTABLISHED ${target}`];
    if (both.every((each) => ways.has(each))) return { ways: both, to: target };
  }
  return { ways: [], to };
}

function mark(figure: HTMLElement, { visited, taken, current, last }: Walk): void {
  for (const state of figure.querySelectorAll(".state")) {
    const name = at(state, "state");
    state.classList.toggle("visited", visited.has(name));
    state.classList.toggle("current", name === current);
  }
  for (const way of figure.querySelectorAll(".way")) {
    const name = `${at(way, "from")} ${at(way, "to")}`;
    way.classList.toggle("taken", taken.has(name));
    way.classList.toggle("last", last.includes(name));
  }
}

function at(element: Element, name: string): string {
  return element.getAttribute(`data-${name}`) ?? "";
}
