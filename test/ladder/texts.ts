/** The texts and boxes of a ladder as rectangles, turned where they are, to see whether any two overlap. */
import type { Label, Ladder, Words } from "../../server/src/ladder/geometry.ts";
import { measure } from "../../server/src/ladder/measure.ts";
import { ABOVE, FONT } from "../../server/src/ladder/sizes.ts";

/** A rectangle around `x`, `y`, turned by `angle` degrees. */
interface Rectangle {
  readonly what: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** All of a ladder's texts and boxes that must not overlap. Leaders, lines and frames may cross anything. */
function rectangles(ladder: Ladder): Rectangle[] {
  return [
    ...ladder.title.map((words) => upright("title", words, FONT.title)),
    ...ladder.heads.map((head) => box(`head ${head.name[0]?.text}`, head)),
    ...ladder.stateNames.map((name) => upright(`state ${name.state}`, { ...name, ...withPort(name) }, FONT.state)),
    ...ladder.sections.map((section) => box(`section ${section.text.text}`, section)),
    ...ladder.elisions.flatMap(({ lines }) => lines.map((line) => upright("elision", line, FONT.note))),
    ...ladder.remarked.map((words) => upright(words.kind, words, FONT.call)),
    ...ladder.brackets.flatMap(({ x, y, bottom, text }) => [
      box("bracket", { x: x - 5, y, width: 10, height: bottom - y }),
      ...text.map((line) => upright("bracket text", line, FONT.note)),
    ]),
    ...ladder.notes.map((note) => box(`note ${note.lines[0]?.text}`, note)),
    ...ladder.callouts.map((callout) => box(`callout ${callout.entries[0]?.rule}`, callout)),
    ...ladder.times.map((time) => upright("time", time, FONT.note)),
    ...ladder.footer.map((words) => upright("footer", words, FONT.callout)),
    ...ladder.arrows.flatMap(({ segment, labels }) => labels.flatMap((label) => ofLabel(`segment ${segment}`, label))),
  ];
}

/** The bands of the states; headings and elisions break them. */
function bandRectangles(ladder: Ladder): Rectangle[] {
  return ladder.bands.filter(({ height }) => height > 2).map((band) => box(`band ${band.state}`, inset(band)));
}

function withPort({ x, width, port }: Ladder["stateNames"][number]): { width: number; x: number } {
  return { x, width: port === "" ? width : width + 6 + measure(port, FONT.state, "mono") };
}

/** Bands touch each other; their edges do not count. */
function inset(band: { x: number; y: number; width: number; height: number }) {
  return { x: band.x + 1, y: band.y + 1, width: band.width - 2, height: band.height - 2 };
}

function box(
  what: string,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): Rectangle {
  return { what, x: x + width / 2, y: y + height / 2, width, height, angle: 0 };
}

function upright(what: string, words: Words, size: number): Rectangle {
  const left = { start: 0, middle: 0.5, end: 1 }[words.anchor] * words.width;
  return box(`${what} “${words.text}”`, {
    x: words.x - left,
    y: words.y - size * 0.75,
    width: words.width,
    height: size * 0.95,
  });
}

function ofLabel(what: string, label: Label): Rectangle[] {
  const along = (text: string, width: number, dy: number, size: number): Rectangle => {
    const radians = (label.angle * Math.PI) / 180;
    const off = dy - size * 0.28;
    const centre = { x: label.x - off * Math.sin(radians), y: label.y + off * Math.cos(radians) };
    return { what: `${what} “${text}”`, ...centre, width, height: size * 0.95, angle: label.angle };
  };
  return [
    along(label.parts.map(({ text }) => text).join(" "), label.width, ABOVE, FONT.flags),
    ...label.remarks.map(({ text, width, dy }) => along(text, width, dy, FONT.remark)),
  ];
}

/** All pairs that overlap, in words. */
export function overlaps(ladder: Ladder): string[] {
  const texts = rectangles(ladder);
  // Headings, elisions and notes across several lanes lie over the bands.
  const lanes = ladder.lifelines.map(({ x }) => x);
  const broken = ({ what, x, width }: Rectangle) =>
    /^(?:section|elision)/u.test(what) ||
    (what.startsWith("note") && lanes.some((lane) => Math.abs(lane - x) < width / 2));
  return [
    ...pairs(texts),
    ...pairs([...bandRectangles(ladder), ...texts.filter((text) => !broken(text))]).filter((pair) =>
      pair.includes("band"),
    ),
  ];
}

function pairs(all: readonly Rectangle[]): string[] {
  const reach = (r: Rectangle) => Math.hypot(r.width, r.height) / 2;
  const sorted = [...all].sort((a, b) => a.y - b.y);
  const found: string[] = [];
  for (const [i, a] of sorted.entries()) {
    for (const b of sorted.slice(i + 1)) {
      if (overlap(a, b)) found.push(`${a.what} / ${b.what}`);
      if (b.y - a.y > reach(a) + 900) break;
    }
  }
  return found;
}

/** Two rectangles are apart if one of their four axes separates them. */
function overlap(a: Rectangle, b: Rectangle): boolean {
  const axes = [a.angle, a.angle + 90, b.angle, b.angle + 90];
  return axes.every((degrees) => {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const distance = Math.abs((b.x - a.x) * cos + (b.y - a.y) * sin);
    return distance < extent(a, degrees) + extent(b, degrees);
  });
}

/** Half the length of a rectangle's shadow on an axis. */
function extent({ width, height, angle }: Rectangle, degrees: number): number {
  const turn = ((degrees - angle) * Math.PI) / 180;
  return (Math.abs(width * Math.cos(turn)) + Math.abs(height * Math.sin(turn))) / 2;
}
