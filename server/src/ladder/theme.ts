/** Colours and fonts of the picture, light and dark, as CSS that holds only inside one picture. */
import { STATES, type State } from "../tcp/states.ts";
import type { Level } from "./mistakes.ts";
import { FONT } from "./sizes.ts";

/**
 * `auto` follows the reader's system. `host` follows the page: its `color-scheme`, which sites with a switch for dark
 * pages set, and its custom properties (`--tcpflow-ink` and so on, see `COLOURS`).
 */
export const THEMES = ["auto", "light", "dark", "host"] as const;
export type Theme = (typeof THEMES)[number];

type Pair = readonly [light: string, dark: string];

/** What is drawn in which colour. */
const COLOURS = {
  paper: ["#ffffff", "#0d1117"],
  ink: ["#1f2328", "#e6edf3"],
  muted: ["#57606a", "#9198a1"],
  line: ["#8c959f", "#6e7681"],
  panel: ["#f6f8fa", "#161b22"],
  edge: ["#d0d7de", "#30363d"],
  filled: ["#8250df", "#d2a8ff"],
  error: ["#cf222e", "#ff7b72"],
  "error-paper": ["#ffebe9", "#2d1417"],
  warning: ["#9a6700", "#e3b341"],
  "warning-paper": ["#fff8c5", "#2a2008"],
  info: ["#0969da", "#79c0ff"],
  "info-paper": ["#ddf4ff", "#0c2238"],
  note: ["#fffbeb", "#1f1d14"],
  "note-edge": ["#e8dfb8", "#4a4428"],
} as const satisfies Record<string, Pair>;

type Colour = keyof typeof COLOURS;

/** Ground and ink of each state's band. */
const STATE_COLOURS: Readonly<Record<State, readonly [ground: Pair, ink: Pair]>> = {
  CLOSED: [
    ["#eaeef2", "#21262d"],
    ["#57606a", "#9198a1"],
  ],
  LISTEN: [
    ["#e8ebff", "#1c2350"],
    ["#3a48a1", "#a5b4fc"],
  ],
  "SYN-SENT": [
    ["#dcf5f1", "#06322e"],
    ["#0b6b62", "#5eead4"],
  ],
  "SYN-RECEIVED": [
    ["#bfeae3", "#0a4a44"],
    ["#0b6b62", "#5eead4"],
  ],
  ESTABLISHED: [
    ["#dafbe1", "#12361f"],
    ["#116329", "#56d364"],
  ],
  "FIN-WAIT-1": [
    ["#fff8c5", "#3a2d05"],
    ["#7d4e00", "#e3b341"],
  ],
  "FIN-WAIT-2": [
    ["#ffe9b0", "#543c00"],
    ["#7d4e00", "#e3b341"],
  ],
  "CLOSE-WAIT": [
    ["#fbefff", "#2b1b47"],
    ["#6639ba", "#d2a8ff"],
  ],
  CLOSING: [
    ["#ffeff7", "#42183a"],
    ["#99286e", "#f778ba"],
  ],
  "LAST-ACK": [
    ["#ffebe9", "#4a1519"],
    ["#a40e26", "#ff9a92"],
  ],
  "TIME-WAIT": [
    ["#ddf4ff", "#0c2d57"],
    ["#0550ae", "#79c0ff"],
  ],
};

const SANS = `"Helvetica Neue",Helvetica,Arial,"Liberation Sans","PingFang SC","Hiragino Sans","Microsoft YaHei","Noto Sans CJK SC",sans-serif`;
const MONO = `ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace`;

/** The class of a state's band and name. */
export function stateClass(state: State): string {
  return `s-${state.toLowerCase()}`;
}

const FIXED = [
  ["", `font:13px ${SANS}`],
  [".title", `font-size:${FONT.title}px;font-weight:600`],
  [".name", `font-size:${FONT.head}px;font-weight:600`],
  [".sub", `font-size:${FONT.headLabel}px`],
  [".lane", "stroke-width:1.5"],
  [".open", "stroke-dasharray:2 4"],
  [".band", "stroke-opacity:.55"],
  [".state", `font-size:${FONT.state}px;font-weight:600;letter-spacing:.3px`],
  [".port", `font:${FONT.state}px ${MONO}`],
  [".wire", "stroke-width:1.6;fill:none;stroke-linecap:round"],
  [".network", "stroke-width:1.4;stroke-dasharray:1 5"],
  [".lost", "stroke-width:2;fill:none;stroke-linecap:round"],
  [".hit", "stroke:transparent;stroke-width:16;fill:none;pointer-events:stroke"],
  [".halo", "paint-order:stroke;stroke-width:4px;stroke-linejoin:round"],
  [".label", "text-anchor:middle;paint-order:stroke;stroke-width:3px;stroke-linejoin:round"],
  [".placed", "text-anchor:start"],
  [".flags", `font-size:${FONT.flags}px;font-weight:600`],
  [".num", `font:${FONT.numbers}px ${MONO}`],
  [".remark", `font-size:${FONT.remark}px`],
  [".options", `font:${FONT.remark - 0.5}px ${MONO}`],
  [".said", "font-style:italic"],
  [".wrong", "font-weight:700;text-decoration:underline"],
  [".call", `font-size:${FONT.call}px;font-style:italic`],
  [".small", `font-size:${FONT.note}px`],
  [".heading", `font-size:${FONT.section}px;font-weight:600`],
  [".finding", `font-size:${FONT.callout}px`],
  [".rule", "font-weight:600"],
  [".frame", "fill:none;stroke-dasharray:5 4"],
  [".pointer", "stroke-dasharray:2 3"],
  [".thin", "fill:none;stroke-width:1"],
  [".start", "text-anchor:start"],
  [".middle", "text-anchor:middle"],
  [".end", "text-anchor:end"],
] as const;

type Coloured = readonly [selector: string, property: "fill" | "stroke", colour: Colour];

const COLOURED: readonly Coloured[] = [
  [".paper", "fill", "paper"],
  ["text", "fill", "ink"],
  [".muted", "fill", "muted"],
  [".num", "fill", "muted"],
  [".val", "fill", "ink"],
  [".filled", "fill", "filled"],
  [".panel", "fill", "panel"],
  [".panel", "stroke", "edge"],
  [".bar", "fill", "panel"],
  [".lane", "stroke", "line"],
  [".thin", "stroke", "line"],
  [".frame", "stroke", "line"],
  [".dot", "fill", "muted"],
  [".wire", "stroke", "ink"],
  [".tip", "fill", "ink"],
  [".lost", "stroke", "error"],
  [".label,.halo", "stroke", "paper"],
  [".blank", "fill", "paper"],
  [".blank", "stroke", "filled"],
  [".note", "fill", "note"],
  [".note", "stroke", "note-edge"],
];

const LEVELS = ["info", "warning", "error"] as const satisfies readonly Level[];

/** What mistakes are marked with. */
const MARKED: readonly Coloured[] = LEVELS.flatMap((level): Coloured[] => [
  [`.${level} .wire`, "stroke", level],
  [`.${level} .tip`, "fill", level],
  [`text.${level},tspan.${level},.callout.${level} .rule`, "fill", level],
  [`.callout.${level} rect`, "fill", `${level}-paper`],
  [`.callout.${level} rect,.callout.${level} line`, "stroke", level],
]);

type Choose = (name: string, pair: Pair) => string;

/** Stands for the class of a picture. */
const SCOPE = "&";

const FIXED_RULES = FIXED.map(([selector, rules]) => `${scoped(selector)}{${rules}}`).join("");

/** The rules of a picture's colours, in parts that not every picture needs. */
interface Sheet {
  readonly base: string;
  readonly marks: string;
  readonly states: ReadonlyMap<State, string>;
}

const SHEETS = {
  light: sheetOf((_, pair) => pair[0]),
  dark: sheetOf((_, pair) => pair[1]),
  host: sheetOf((name, [day, night]) => `var(--tcpflow-${name},light-dark(${day},${night}))`),
} as const;

/** What there is in a picture. */
interface Needs {
  readonly states: ReadonlySet<State>;
  readonly mistakes: boolean;
}

/** The style sheet of a picture; every rule holds only below the class `scope`. It has the rules that the picture needs. */
export function styleSheet(scope: string, theme: Theme, needs: Needs): string {
  const sheet =
    theme === "auto"
      ? `${colours("light", needs)}@media (prefers-color-scheme:dark){${colours("dark", needs)}}`
      : colours(theme, needs);
  return `${FIXED_RULES}${sheet}`.replaceAll(SCOPE, `.${scope}`);
}

function colours(theme: keyof typeof SHEETS, { states, mistakes }: Needs): string {
  const sheet = SHEETS[theme];
  let rules = sheet.base;
  if (mistakes) rules += sheet.marks;
  for (const state of STATES) if (states.has(state)) rules += sheet.states.get(state) ?? "";
  return rules;
}

function sheetOf(choose: Choose): Sheet {
  const coloured = (rules: readonly Coloured[]) =>
    rules
      .map(([selector, property, colour]) => `${scoped(selector)}{${property}:${choose(colour, COLOURS[colour])}}`)
      .join("");
  const ofState = (state: State): [State, string] => {
    const [ground, ink] = STATE_COLOURS[state];
    const name = stateClass(state);
    const inkColour = choose(`${name}-ink`, ink);
    const band = `${SCOPE} rect.${name}{fill:${choose(name, ground)};stroke:${inkColour}}`;
    return [state, `${band}${SCOPE} text.${name}{fill:${inkColour}}`];
  };
  return { base: coloured(COLOURED), marks: coloured(MARKED), states: new Map(STATES.map(ofState)) };
}

function scoped(selector: string): string {
  if (selector === "") return SCOPE;
  return selector
    .split(",")
    .map((part) => `${SCOPE} ${part}`)
    .join(",");
}
