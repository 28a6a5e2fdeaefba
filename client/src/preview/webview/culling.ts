/** In long pictures only the arrows in and near sight are drawn, so that zooming does not stutter. */

export interface Culling {
  /** A new picture is drawn, or the same one anew. */
  load(): void;
  /** Draws all, until the next scroll. */
  release(): void;
  /** Draws an arrow that is out of sight, before something is done with it. */
  show(arrow: Element): void;
}

/** Pictures with fewer arrows are drawn whole. */
const FEW = 150;
/** Labels reach so far beyond the line of an arrow, in pixels of the picture. */
const AROUND = 60;

interface Placed {
  readonly group: Element;
  readonly top: number;
  readonly bottom: number;
}

/** @param box the element that scrolls */
export function createCulling(svg: () => SVGSVGElement | undefined, box: HTMLElement): Culling {
  let placed: readonly Placed[] = [];
  let waiting = false;

  const update = () => {
    waiting = false;
    const picture = svg();
    if (picture === undefined || placed.length === 0) return;
    const { top, height } = picture.getBoundingClientRect();
    const view = picture.viewBox.baseVal;
    const scale = height / (view.height || 1);
    const first = view.y + (box.getBoundingClientRect().top - top) / scale;
    // As much again above and below, for the time until the next frame.
    const room = box.clientHeight / scale;
    for (const one of placed) {
      const isNear = one.bottom > first - room && one.top < first + 2 * room;
      one.group.classList.toggle("culled", !isNear);
    }
  };
  const soon = () => {
    if (waiting || placed.length === 0) return;
    waiting = true;
    requestAnimationFrame(update);
  };

  box.addEventListener("scroll", soon, { passive: true });
  // Zooming changes the size of what is in the box, and may scroll nothing.
  const sizes = new ResizeObserver(soon);
  sizes.observe(box);
  for (const inside of box.children) sizes.observe(inside);
  return {
    load: () => {
      const groups = [...(svg()?.querySelectorAll("g.segment") ?? [])];
      placed = groups.length < FEW ? [] : groups.map(placeOf);
      update();
    },
    release: () => {
      for (const { group } of placed) group.classList.remove("culled");
    },
    show: (arrow) => arrow.classList.remove("culled"),
  };
}

/** Read off its lines, which needs no layout. */
function placeOf(group: Element): Placed {
  const lines = [...group.querySelectorAll("path.hit")].map((path) => path.getAttribute("d") ?? "");
  const heights = [...lines.join("").matchAll(/,(-?[\d.]+)/g)].map(([, y]) => Number(y));
  return { group, top: Math.min(...heights) - AROUND, bottom: Math.max(...heights) + AROUND };
}
