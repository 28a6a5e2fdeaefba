/** Blocks of a diagram as a tree, and the courses that events may take through it. */
import type { Line } from "./mermaid-lines.ts";

export type Node = Line | Block;

interface Block {
  readonly kind: "block";
  readonly block: "loop" | "alt" | "opt" | "par" | "break" | "plain";
  /** The parts between `else`, `and` or `option`. */
  readonly branches: readonly (readonly Node[])[];
}

/** What comes next on one course: a line, or a place where the story may begin anew. */
export type Step = Line | { readonly kind: "edge"; readonly loop: boolean } | { readonly kind: "stop" };

/** A diagram with more courses is followed along these only. */
const MOST_COURSES = 24;

/** Blocks further in are read as if their first and last lines were not there. */
const DEEPEST = 16;

/** Blocks nest where they are closed; what closes nothing, and what is never closed, counts as if it were. */
export function treeOf(lines: readonly Line[]): Node[] {
  let deeper = 0;
  const root: Node[] = [];
  const open: { readonly block: Block["block"]; readonly branches: Node[][]; readonly into: Node[] }[] = [];
  const innermost = (): Node[] => open.at(-1)?.branches.at(-1) ?? root;
  const shut = (): void => {
    const last = open.pop();
    last?.into.push({ kind: "block", block: last.block, branches: last.branches });
  };
  for (const line of lines) {
    if (line.kind === "open" && open.length >= DEEPEST) deeper++;
    else if (deeper > 0 && line.kind === "shut") deeper--;
    else if (line.kind === "open") open.push({ block: line.block, branches: [[]], into: innermost() });
    else if (line.kind === "branch") open.at(-1)?.branches.push([]);
    else if (line.kind === "shut") shut();
    else innermost().push(line);
  }
  while (open.length > 0) shut();
  return root;
}

/** Every course through a tree; the first takes the first branch of each block. */
export function coursesOf(nodes: readonly Node[]): Step[][] {
  const parts = nodes.map((node) => (node.kind === "block" ? coursesOfBlock(node) : [[node]]));
  const usual = (from: number, to: number): Step[] => parts.slice(from, to).flatMap(([first = []]) => first);
  const courses: Step[][] = [usual(0, parts.length)];
  for (const [index, part] of parts.entries()) {
    for (const other of part.slice(1)) {
      if (courses.length >= MOST_COURSES) return courses;
      courses.push([...usual(0, index), ...other, ...usual(index + 1, parts.length)]);
    }
  }
  return courses;
}

function coursesOfBlock({ block, branches }: Block): Step[][] {
  const edge: Step = { kind: "edge", loop: block === "loop" };
  const inner = branches.map((branch) => coursesOf(branch));
  switch (block) {
    case "alt":
      return inner.flatMap((courses) => courses.map((course) => [edge, ...course, edge]));
    case "opt":
      return [...(inner[0] ?? []).map((course) => [edge, ...course, edge]), []];
    case "break":
      return [[], ...(inner[0] ?? []).map((course): Step[] => [edge, ...course, { kind: "stop" }])];
    case "plain":
      return inner[0] ?? [[]];
    default:
      // The parts of `par` happen at once: in their order is one way.
      return [[edge, ...inner.flatMap(([first = []]) => first), edge]];
  }
}
