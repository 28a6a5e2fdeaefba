/** The picture while it is gone through step by step: what has not happened yet is faint, and the arrow travels. */
import { type ArrowWay, arrowWay, showEnds, showWay, showWhole } from "./arrow-way.ts";
import { isMotionReduced } from "./dom.ts";
import { type Moments, sentBy, stepAt, underWay } from "./moments.ts";
import { createVeil } from "./veil.ts";

export interface Stage {
  /** A new picture is drawn, or the same one anew. */
  load(moments: Moments): void;
  /** Shows the picture as it stands at a position; whole if there is none. `travel`: its arrow moves there. */
  show(position: number | undefined, travel: boolean, arrived?: () => void): void;
}

/** Milliseconds that an arrow takes for a leg of its way. */
const TRAVEL = 650;

/** @param scroll brings a place of the picture, in its own pixels, into sight */
export function createStage(svg: () => SVGSVGElement | undefined, scroll: (y: number) => void): Stage {
  let moments: Moments | undefined;
  let groups = new Map<number, SVGGElement>();
  let ends = new Map<number, boolean[]>();
  let frame = 0;
  const veil = createVeil();
  const ball = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  ball.setAttribute("class", "ball");
  ball.setAttribute("r", "5");

  const load = (loaded: Moments) => {
    moments = loaded;
    groups = new Map();
    for (const group of svg()?.querySelectorAll<SVGGElement>("g.segment") ?? [])
      groups.set(Number(group.dataset.segment), group);
    ends = new Map();
    for (const { kind, segment } of loaded.steps.steps) {
      if (segment === undefined || kind === "send") continue;
      ends.set(segment, [...(ends.get(segment) ?? []), kind === "arrive"]);
    }
    veil.load(svg());
  };

  const wayOf = (segment: number): ArrowWay | undefined => {
    const group = groups.get(segment);
    const known = moments?.steps.segments[segment];
    return group && known ? arrowWay(group, known, ends.get(segment) ?? []) : undefined;
  };

  /** Shows a segment with its first ends reached and its first legs gone, up to a part of the next leg. */
  const showSegment = (segment: number, reached: number, legs: number, part: number) => {
    const way = wayOf(segment);
    if (way === undefined) return undefined;
    const parked = moments?.steps.segments[segment]?.course === "parked";
    showEnds(way, ends.get(segment) ?? [], reached, parked);
    return showWay(way, legs, part);
  };

  const showBall = (at: DOMPoint | undefined) => {
    if (at === undefined) return ball.remove();
    ball.setAttribute("cx", String(at.x));
    ball.setAttribute("cy", String(at.y));
    if (!ball.isConnected) svg()?.append(ball);
  };

  const showAt = (position: number) => {
    const picture = svg();
    if (moments === undefined || picture === undefined) return;
    const sent = sentBy(moments, position);
    const flying = underWay(moments, position);
    const current = stepAt(moments, position)?.segment;
    let tip: DOMPoint | undefined;
    for (const [segment, group] of groups) {
      group.classList.toggle("future", !sent.has(segment));
      group.classList.toggle("current", segment === current);
      const reached = flying.get(segment);
      if (reached !== undefined) {
        const at = showSegment(segment, reached, reached + 1, 0);
        if (segment === current) tip = at;
      } else if (group.classList.contains("partial")) showWhole(group);
    }
    showBall(tip);
    veil.cover(picture, stepAt(moments, position)?.y);
  };

  const travelTo = (position: number, arrived: () => void) => {
    const step = moments && stepAt(moments, position);
    const segment = step?.segment;
    if (step === undefined || segment === undefined || isMotionReduced()) return arrived();
    const leg = step.kind === "send" ? 0 : (step.copy ?? 0) + 1;
    const start = performance.now();
    const move = (now: number) => {
      const part = Math.max(0, Math.min(1, (now - start) / TRAVEL));
      if (part >= 1) {
        showAt(position);
        return arrived();
      }
      showBall(showSegment(segment, Math.max(0, leg - 1), leg, part));
      frame = requestAnimationFrame(move);
    };
    move(start);
  };

  return {
    load,
    show: (position, travel, arrived = () => {}) => {
      cancelAnimationFrame(frame);
      ball.remove();
      if (position === undefined) {
        veil.lift();
        for (const group of groups.values()) {
          group.classList.remove("current", "future");
          if (group.classList.contains("partial")) showWhole(group);
        }
        return arrived();
      }
      showAt(position);
      const y = moments && stepAt(moments, position)?.y;
      if (y !== undefined) scroll(y);
      if (travel) travelTo(position, arrived);
      else arrived();
    },
  };
}
