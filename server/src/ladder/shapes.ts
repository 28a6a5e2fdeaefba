/** What is upright in a ladder, as SVG: heads, lifelines, bands, boxes, brackets. One function a shape. */
import type {
  Band,
  Box,
  Bracket,
  Elision,
  Head,
  Lifeline,
  Note,
  Remarked,
  Repeat,
  Section,
  StateName,
  Words,
} from "./geometry.ts";
import { stateClass } from "./theme.ts";
import { escapeXml, px } from "./xml.ts";

/** Upright text in some classes. */
export function drawWords({ x, y, text, anchor }: Words, classes: string): string {
  return `<text class="${classes} ${anchor}" x="${px(x)}" y="${px(y)}">${escapeXml(text)}</text>`;
}

/** A rectangle with round corners. */
export function drawRect(box: Box, classes: string, radius: number): string {
  return `<rect class="${classes}" x="${px(box.x)}" y="${px(box.y)}" width="${px(box.width)}" height="${px(box.height)}" rx="${radius}"/>`;
}

/** The box of a blank; `key` names it, where something belongs into it. */
export function drawBlank(box: Box, key: string | undefined): string {
  const named = key === undefined ? "" : ` data-blank="${key}"`;
  return `<rect class="blank"${named} x="${px(box.x)}" y="${px(box.y)}" width="${px(box.width)}" height="${px(box.height)}" rx="3"/>`;
}

/** A straight line. */
export function drawLine(x1: number, y1: number, x2: number, y2: number, classes: string): string {
  return `<line class="${classes}" x1="${px(x1)}" y1="${px(y1)}" x2="${px(x2)}" y2="${px(y2)}"/>`;
}

/** The name of a lane, and its label below. */
export function drawHead(head: Head): string {
  const name = head.name.map((line) => drawWords(line, "name"));
  const label = head.label.map((line) => drawWords(line, "sub muted"));
  return [drawRect(head, "panel", 8), ...name, ...label].join("");
}

/** Dotted where nothing is judged. */
export function drawLifeline({ x, y, bottom, unchecked }: Lifeline): string {
  return drawLine(x, y, x, bottom, unchecked ? "lane open" : "lane");
}

/** The time that an end spends in a state. */
export function drawBand(band: Band): string {
  return band.height < 0.5 ? "" : drawRect(band, `band ${band.blank ? "panel" : stateClass(band.state)}`, 2);
}

/** The name of a state, or the box for it. */
export function drawStateName(name: StateName): string {
  const port = name.port === "" ? "" : drawWords({ ...name, x: name.portX, text: name.port }, "port muted");
  if (name.blank === undefined) return drawWords(name, `state ${stateClass(name.state)}`) + port;
  const x = name.anchor === "end" ? name.x - name.width : name.x;
  return drawBlank({ x, y: name.y - 11, width: name.width, height: 15 }, name.blank) + port;
}

/** A heading across the picture. */
export function drawSection({ text, ...box }: Section): string {
  return drawRect(box, "bar", 4) + drawWords(text, "heading muted");
}

/** Dots that break every lifeline. */
export function drawDots({ y, bottom }: Elision, lanes: readonly Lifeline[]): string {
  const middle = (y + bottom) / 2;
  const dots = lanes.map(({ x, half }) => {
    const gap = drawRect({ x: x - half - 3, y: middle - 15, width: 2 * half + 6, height: 30 }, "paper", 0);
    const circles = [-9, 0, 9].map((dy) => `<circle class="dot" cx="${px(x)}" cy="${px(middle + dy)}" r="2"/>`);
    return gap + circles.join("");
  });
  return dots.join("");
}

/** What was left out. */
export function drawElision({ lines }: Elision): string {
  return lines.map((line) => drawWords(line, "small muted halo")).join("");
}

/** A frame with its count in the corner. */
export function drawRepeat({ count, ...box }: Repeat): string {
  const text = `×${count}`;
  const tab = { x: box.x, y: box.y, width: 18 + text.length * 7, height: 19 };
  const words: Words = { x: tab.x + tab.width / 2, y: box.y + 14, text, anchor: "middle", width: 0 };
  return drawRect(box, "frame", 6) + drawRect(tab, "panel", 6) + drawWords(words, "heading");
}

/** Time that passes. */
export function drawBracket({ x, y, bottom, text }: Bracket): string {
  const path = `M${px(x - 5)},${px(y)}h10M${px(x)},${px(y)}V${px(bottom)}M${px(x - 5)},${px(bottom)}h10`;
  return `<path class="thin" d="${path}"/>${text.map((line) => drawWords(line, "small muted")).join("")}`;
}

/** A remark in its box. */
export function drawNote({ lines, ...box }: Note): string {
  return drawRect(box, "note", 5) + lines.map((line) => drawWords(line, "small")).join("");
}

/** Words at a lifeline; a timeout has a clock, a crash a star on the line. */
export function drawRemarked(words: Remarked): string {
  const mark = words.level === undefined ? "" : ` ${words.level} wrong`;
  const rules = words.rules.length === 0 ? "" : ` data-rule="${words.rules.join(" ")}"`;
  const sign = words.anchor === "start" ? 1 : -1;
  const open = `<g class="${words.kind}"${rules}>`;
  switch (words.kind) {
    case "call":
      return `${open}${drawWords(words, `call muted${mark}`)}</g>`;
    case "timeout": {
      const x = words.x + sign * 6;
      const face = `<path class="thin" d="M${px(x)},${px(words.y - 7.5)}v3.5l2.5,1.5"/>`;
      const clock = `<circle class="thin" cx="${px(x)}" cy="${px(words.y - 4)}" r="5.5"/>${face}`;
      return `${open}${clock}${drawWords({ ...words, x: words.x + sign * 17 }, `call muted${mark}`)}</g>`;
    }
    case "crash": {
      const y = words.y - 4;
      const [a, b] = [px(words.lane - 7), px(words.lane + 7)];
      const star = `<path class="lost" d="M${a},${px(y - 7)}L${b},${px(y + 7)}M${a},${px(y + 7)}L${b},${px(y - 7)}"/>`;
      return `${open}${star}${drawWords({ ...words, x: words.x + sign * 6 }, `heading${mark}`)}</g>`;
    }
    case "claim":
      return `${open}${drawWords(words, `state${mark}`)}</g>`;
  }
}
