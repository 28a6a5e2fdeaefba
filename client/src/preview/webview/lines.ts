/** From places in the picture to lines of the text, and back. */

/** The line (from 0) of what was pointed at. */
export function lineAt(event: Event): number | undefined {
  return numberAt(event, "data-line");
}

/** The number of the segment that was pointed at. */
export function segmentAt(event: Event): number | undefined {
  return numberAt(event, "data-segment");
}

function numberAt(event: Event, name: string): number | undefined {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return undefined;
  const value = target.closest(`[${name}]`)?.getAttribute(name);
  return value === null || value === undefined ? undefined : Number(value);
}

/** Marks what stands in a line, unmarks the rest, and gives the first thing that is now marked. */
export function markLine(root: ParentNode, line: number | undefined): Element | undefined {
  for (const old of root.querySelectorAll(".at-cursor")) old.classList.remove("at-cursor");
  if (line === undefined) return undefined;
  const marked = [...root.querySelectorAll(`[data-line="${line}"]`)];
  for (const element of marked) element.classList.add("at-cursor");
  return marked[0];
}
