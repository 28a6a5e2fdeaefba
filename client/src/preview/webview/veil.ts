/** What makes faint what is still to come: lifelines from a place on, and every text that belongs below it. */

export interface Veil {
  /** Learns where everything of a picture stands. */
  load(svg: SVGSVGElement | undefined): void;
  /** Covers what is below a place, in the picture's own pixels; all if there is none. */
  cover(svg: SVGSVGElement, y: number | undefined): void;
  lift(): void;
}

/** So far below a step stands what it brings. */
const NEAR = 5;

export function createVeil(): Veil {
  const veil = create("rect", "veil");
  const edge = create("line", "now");
  let placed: readonly { readonly element: Element; readonly y: number }[] = [];
  let first: Element | null = null;

  return {
    load: (svg) => {
      first = svg?.querySelector("text.state, g.segment") ?? null;
      placed = first === null ? [] : following(first);
    },
    cover: (svg, y) => {
      const { x, y: top, width, height } = svg.viewBox.baseVal;
      const start = y ?? bandTop(svg);
      place(veil, { x, y: start, width, height: Math.max(0, top + height - start) });
      place(edge, { x1: x, x2: x + width, y1: start, y2: start });
      if (veil.parentNode !== svg) {
        svg.insertBefore(veil, first);
        svg.insertBefore(edge, first);
      }
      for (const { element, y: at } of placed) element.classList.toggle("future", at > start + NEAR);
    },
    lift: () => {
      veil.remove();
      edge.remove();
      for (const { element } of placed) element.classList.remove("future");
    },
  };
}

/** Where the lifelines begin: before the first step, what is at their heads is there. */
function bandTop(svg: SVGSVGElement): number {
  return Number(svg.querySelector(".lane")?.getAttribute("y1") ?? svg.viewBox.baseVal.y);
}

/** The element and those after it that are no segments, with the place at which they belong into the picture. */
function following(first: Element): { element: Element; y: number }[] {
  const found: { element: Element; y: number }[] = [];
  /** The end of the bracket whose text comes next. */
  let bracket: number | undefined;
  for (let element: Element | null = first; element !== null; element = element.nextElementSibling) {
    if (!(element instanceof SVGGraphicsElement) || element.classList.contains("segment")) continue;
    const { y, height } = element.getBBox();
    if (element.matches("path.thin")) bracket = y + height;
    else if (!element.matches("text.small")) bracket = undefined;
    found.push({ element, y: bracket ?? y });
  }
  return found;
}

function create(name: "rect" | "line", classes: string): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  made.setAttribute("class", classes);
  return made;
}

function place(element: Element, attributes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
