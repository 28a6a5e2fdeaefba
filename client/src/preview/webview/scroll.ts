/** Bringing places of the picture into sight. */
import { isMotionReduced } from "./dom.ts";

/** Nearer to an edge of the box, a place is not well seen. */
const EDGE = 90;

/** Scrolls to a place of the picture, in its own pixels, unless it is in sight. */
export function scrollToPlace(box: HTMLElement, svg: SVGSVGElement | undefined, y: number): void {
  if (svg === undefined) return;
  const { top, height } = svg.getBoundingClientRect();
  const view = svg.viewBox.baseVal;
  const at = top + ((y - view.y) * height) / (view.height || 1) - box.getBoundingClientRect().top;
  if (at > EDGE / 2 && at < box.clientHeight - EDGE) return;
  box.scrollBy({ top: at - box.clientHeight / 2, behavior: isMotionReduced() ? "instant" : "smooth" });
}

/** How far the line of an arrow is below the upper edge of a box; nothing where it is out of sight. */
export function topIn(box: HTMLElement, arrow: Element | undefined): number | undefined {
  if (arrow === undefined) return undefined;
  const inner = (arrow.querySelector(".hit") ?? arrow).getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  return inner.bottom < outer.top || inner.top > outer.bottom ? undefined : inner.top - outer.top;
}
