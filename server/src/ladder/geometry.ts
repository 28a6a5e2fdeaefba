/** A ladder with every place worked out: what lies between layout and drawing. Pixels, y grows downwards. */
import type { State } from "../tcp/states.ts";
import type { Part, Remark } from "./label.ts";
import type { Level } from "./mistakes.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** Upright text; `x` is where `anchor` says, `y` the baseline. */
export interface Words extends Point {
  readonly text: string;
  readonly anchor: "start" | "middle" | "end";
  readonly width: number;
}

/** The box at the head of a lane. */
export interface Head extends Box {
  readonly name: readonly Words[];
  readonly label: readonly Words[];
}

export interface Lifeline extends Point {
  readonly bottom: number;
  /** Nothing is judged here. */
  readonly unchecked: boolean;
  /** Half the width of its bands. */
  readonly half: number;
}

/** A state of one end, on its lifeline. */
export interface Band extends Box {
  readonly end: number;
  readonly state: State;
  /** Not to be told. */
  readonly blank: boolean;
}

/** The name of a state beside its band. */
export interface StateName extends Words {
  readonly state: State;
  /** The key of the blank, where the reader is to say it. */
  readonly blank: string | undefined;
  /** Which connection, where a lane has several. */
  readonly port: string;
  /** Where the port's text begins. */
  readonly portX: number;
}

/** Part of an arrow's label, `dx` right of the label's left end. */
export type PlacedPart = Part & { readonly dx: number; readonly width: number };

/** A line of text along an arrow, `dy` below its line. */
export type PlacedRemark = Remark & { readonly width: number; readonly dy: number };

/** Text along an arrow: parts above the line, remarks below; turned by `angle` degrees around `x`, `y`, its middle. */
export interface Label extends Point {
  readonly angle: number;
  readonly width: number;
  readonly parts: readonly PlacedPart[];
  readonly remarks: readonly PlacedRemark[];
  /** Written again where a late segment arrives. */
  readonly repeated: boolean;
}

export interface Stroke {
  readonly points: readonly Point[];
  /** `network`: it waits there. `fading`: from full to nothing, or from nothing to full when `reversed`. */
  readonly style: "solid" | "network" | "fading";
}

/** One segment. */
export interface Arrow {
  readonly segment: number;
  /** Line of the flow's text, from 0. */
  readonly line: number;
  readonly level: Level | undefined;
  readonly strokes: readonly Stroke[];
  /** Where it arrives: the tip of a head and its direction in degrees. */
  readonly tips: readonly (Point & { readonly angle: number })[];
  /** Where it begins and ends to wait in the network. */
  readonly turns: readonly Point[];
  /** Where it is lost. */
  readonly crosses: readonly Point[];
  readonly labels: readonly Label[];
}

/** A call, a timeout or a crash at a lifeline, or an assertion that fails. */
export interface Remarked extends Words {
  readonly kind: "call" | "timeout" | "crash" | "claim";
  readonly level: Level | undefined;
  /** The lifeline's x, for the mark on it. */
  readonly lane: number;
  readonly rules: readonly string[];
}

/** Time that passes, beside a lane. */
export interface Bracket extends Point {
  readonly bottom: number;
  readonly text: readonly Words[];
}

export interface Note extends Box {
  readonly lines: readonly Words[];
}

export interface Section extends Box {
  readonly text: Words;
}

/** Dots on every lane, and what was left out. */
export interface Elision extends Point {
  readonly bottom: number;
  readonly lines: readonly Words[];
}

export interface Repeat extends Box {
  readonly count: number;
}

/** A finding in the margin. */
export interface Callout extends Box {
  readonly level: Level;
  readonly entries: readonly { readonly rule: string; readonly message: string; readonly lines: readonly Words[] }[];
  /** From the box to what it is about. */
  readonly leader: readonly [Point, Point];
}

export interface Ladder extends Box {
  readonly title: readonly Words[];
  readonly heads: readonly Head[];
  readonly lifelines: readonly Lifeline[];
  readonly bands: readonly Band[];
  readonly stateNames: readonly StateName[];
  readonly sections: readonly Section[];
  readonly elisions: readonly Elision[];
  readonly repeats: readonly Repeat[];
  readonly arrows: readonly Arrow[];
  readonly remarked: readonly Remarked[];
  readonly brackets: readonly Bracket[];
  readonly notes: readonly Note[];
  /** The clock, at the left edge. */
  readonly times: readonly Words[];
  readonly callouts: readonly Callout[];
  /** The whole exchange in words. */
  readonly words: string;
  /** Findings that have no place in the picture, below it. */
  readonly footer: readonly (Words & { readonly level: Level; readonly rule: string })[];
}
