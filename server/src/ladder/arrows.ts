/** Segments as lines between the lanes. */

import { type LineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import type { Arrow, Label, Point, Stroke } from "./geometry.ts";
import { gravest } from "./mistakes.ts";
import { OLD_START, STAYS } from "./place-flights.ts";
import type { Rows } from "./sweep.ts";
import { labelDrop, type Way } from "./ways.ts";

/** All arrows, in the order of their segments. */
export function arrowsOf(replay: Replay, ways: ReadonlyMap<number, Way>, rows: Rows, table: LineTable): Arrow[] {
  const arrows: Arrow[] = [];
  for (const [segment, way] of ways) {
    const { flight } = way.plan;
    const span = replay.flow.segments[segment]?.places.line;
    arrows.push({
      segment,
      line: span === undefined ? 0 : positionAt(table, span.start).line,
      level: gravest(flight.mistakes),
      ...course(way, rows),
    });
  }
  return arrows;
}

type Drawn = Pick<Arrow, "strokes" | "tips" | "turns" | "crosses" | "labels">;

function course(way: Way, rows: Rows): Drawn {
  const { flight } = way.plan;
  if (way.plan.course === "old") return oldCourse(way, rows);
  const sent = { x: way.from, y: rows.y[flight.sent] ?? 0 };
  const first = flight.ends[0];
  if (way.plan.course === "stays") return stayingCourse(way, sent);
  if (way.plan.course === "parked") return withCopies(way, rows, parkedStart(way, sent), 0);
  if (way.plan.lost) return lostCourse(way, rows, sent);
  const tip = { x: way.to, y: first ? (rows.y[first.act] ?? 0) : sent.y + way.drop };
  const flat = labelDrop(way, tip.y - sent.y);
  const bend = { x: way.bendX, y: sent.y + (flat * (way.bendX - way.from)) / (way.to - way.from) };
  const isBent = flat < tip.y - sent.y;
  const start: Drawn = {
    strokes: [{ points: isBent ? [sent, bend, tip] : [sent, tip], style: "solid" }],
    tips: [tipAt(isBent ? bend : sent, tip)],
    turns: [],
    crosses: [],
    labels: [labelAt(way, way.labelX, sent, isBent ? bend : tip, false)],
  };
  return withCopies(way, rows, start, 1);
}

function lostCourse(way: Way, rows: Rows, sent: Point): Drawn {
  const drop = labelDrop(way, rows.slants.get(way.plan.flight.segment)?.drop ?? way.drop);
  const tip = { x: way.to, y: sent.y + drop };
  const end = between(sent, tip, (way.lossX - way.from) / (way.to - way.from));
  return {
    strokes: [{ points: [sent, end], style: "solid" }],
    tips: [],
    turns: [],
    crosses: [end],
    labels: [labelAt(way, way.labelX, sent, tip, false)],
  };
}

function parkedStart(way: Way, sent: Point): Drawn {
  const turn = { x: way.turnX, y: sent.y + firstFall(way) };
  return {
    strokes: [{ points: [sent, turn], style: "solid" }],
    tips: [],
    turns: [turn],
    crosses: [],
    labels: [labelAt(way, way.labelX, sent, turn, false)],
  };
}

function firstFall(way: Way): number {
  return (Math.abs(way.turnX - way.from) * way.drop) / Math.abs(way.to - way.from);
}

/** Copies that come out of the network later: down from where it waits, then to the receiver, or lost. */
function withCopies(way: Way, rows: Rows, start: Drawn, from: number): Drawn {
  const strokes: Stroke[] = [...start.strokes];
  const tips = [...start.tips];
  const turns = [...start.turns];
  const crosses = [...start.crosses];
  const labels = [...start.labels];
  let turn = pointAt(start.strokes[0]?.points ?? [], way.turnX);
  for (const { act, kind } of way.plan.flight.ends.slice(from)) {
    const y = rows.y[act] ?? turn.y;
    if (kind === "lose") {
      const end = { x: way.turnX, y };
      strokes.push({ points: [turn, end], style: "network" });
      crosses.push(end);
      continue;
    }
    const tip = { x: way.to, y };
    const out = { x: way.turnX, y: y - way.drop + firstFall(way) };
    strokes.push({ points: [turn, out], style: "network" }, { points: [out, tip], style: "solid" });
    turns.push(out);
    tips.push(tipAt(out, tip));
    labels.push(labelAt(way, way.repeatX, out, tip, true));
    turn = out;
  }
  return { strokes, tips, turns, crosses, labels };
}

function stayingCourse(way: Way, sent: Point): Drawn {
  const tip = { x: way.to, y: sent.y + way.drop };
  const fades = between(sent, tip, STAYS - 0.22);
  const end = between(sent, tip, STAYS);
  return {
    strokes: [
      { points: [sent, fades], style: "solid" },
      { points: [fades, end], style: "fading" },
    ],
    tips: [],
    turns: [],
    crosses: [],
    labels: [labelAt(way, way.labelX, sent, tip, false)],
  };
}

function oldCourse(way: Way, rows: Rows): Drawn {
  const act = way.plan.flight.ends[0]?.act ?? way.plan.flight.sent;
  const tip = { x: way.to, y: rows.y[act] ?? 0 };
  const sent = { x: way.from, y: tip.y - way.drop };
  const start = between(sent, tip, OLD_START);
  const full = between(sent, tip, OLD_START + 0.2);
  const end = way.plan.lost ? between(sent, tip, (way.lossX - way.from) / (way.to - way.from)) : tip;
  return {
    strokes: [
      { points: [full, start], style: "fading" },
      { points: [full, end], style: "solid" },
    ],
    tips: way.plan.lost ? [] : [tipAt(full, end)],
    turns: [],
    crosses: way.plan.lost ? [end] : [],
    labels: [labelAt(way, way.labelX, sent, tip, false)],
  };
}

/** The point of a line at x. */
function pointAt(points: readonly Point[], x: number): Point {
  const last = points.length - 1;
  const i = points.findIndex((point, k) => k > 0 && (x - point.x) * (x - (points[k - 1]?.x ?? x)) <= 0);
  const [a, b] = [points[i < 1 ? last - 1 : i - 1], points[i < 1 ? last : i]];
  return a && b ? between(a, b, (x - a.x) / (b.x - a.x)) : { x, y: 0 };
}

function between(a: Point, b: Point, part: number): Point {
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}

function degrees(a: Point, b: Point): number {
  return (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
}

function tipAt(from: Point, to: Point): Arrow["tips"][number] {
  return { ...to, angle: degrees(from, to) };
}

/** A label on the line from a to b at x; upright also where the line goes to the left. */
function labelAt(way: Way, x: number, a: Point, b: Point, repeated: boolean): Label {
  const { y } = between(a, b, (x - a.x) / (b.x - a.x));
  const angle = a.x < b.x ? degrees(a, b) : degrees(b, a);
  const { parts, width } = way.plan;
  return { x, y, angle, width, parts, remarks: repeated ? [] : way.remarks, repeated };
}
