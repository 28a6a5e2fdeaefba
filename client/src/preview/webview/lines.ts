/** From places in the picture to lines of the text, and back. */

/** The line (from 0) of what was clicked. */
export function lineAt(event: Event): number | undefined {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return undefined;
  const line = target.closest("[data-line]")?.getAttribute("data-line");
  return line === null || line === undefined ? undefined : Number(line);
}

/** Marks what stands in a line, unmarks the rest, and gives the first thing that is now marked. */
export function markLine(root: ParentNode, line: number | undefined): Element | undefined {
  for (const old of root.querySelectorAll(".at-cursor")) old.classList.remove("at-cursor");
  if (line === undefined) return undefined;
  const marked = [...root.querySelectorAll(`[data-line="${line}"]`)];
  for (const element of marked) element.classList.add("at-cursor");
  return marked[0];
}
