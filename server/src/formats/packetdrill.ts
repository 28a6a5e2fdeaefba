/**
 * packetdrill scripts: what a kernel under test is told to do, which packets are injected into it, and which it must
 * send. Reads the events one after the other; what it cannot read is said, and the rest is read on.
 */
import type { Span, TcpOption } from "../flow/flow.ts";
import { ACK, FLAG_BITS, type Flags } from "../tcp/flags.ts";
import { num } from "../tcp/numbers.ts";

/** A TCP packet; its numbers are as written, relative to the first number of each side that opens. */
export interface ScriptPacket {
  readonly kind: "packet";
  /** `<`: injected into the kernel; `>`: the kernel must send it. */
  readonly injected: boolean;
  /** As `source > destination` where they are written. */
  readonly ports?: readonly [number, number];
  readonly flags: Flags;
  readonly flagsSpan: Span;
  readonly seq: number;
  readonly length: number;
  readonly seqSpan: Span;
  readonly ack?: number;
  readonly ackSpan?: Span;
  readonly win?: number;
  readonly winSpan?: Span;
  readonly urg?: number;
  readonly options: readonly TcpOption[];
  /** `<...>`: any options will do. */
  readonly anyOptions: boolean;
  readonly optionsSpan?: Span;
}

/** A system call that the script makes on the kernel under test. */
export interface ScriptCall {
  readonly kind: "call";
  readonly name: string;
  /** As written, separated at the outermost commas. */
  readonly args: readonly string[];
  /** What it returns; nothing where it is no plain number. */
  readonly result?: number;
  /** E.g. `EINPROGRESS`. */
  readonly error?: string;
}

/** Something that tells nothing of TCP's segments: shell, Python, ICMP, UDP. */
export interface ScriptOther {
  readonly kind: "shell" | "code" | "other packet" | "unreadable";
  readonly why?: Unreadable;
}

/** Why a line cannot be read. */
export type Unreadable =
  | "no time at its beginning"
  | "no TCP packet"
  | "neither a packet nor a call"
  | "its parenthesis is never closed";

export type ScriptEvent = (ScriptPacket | ScriptCall | ScriptOther) & {
  /** Microseconds since the start; of a range, where it begins; where any will do, a second later. */
  readonly at: number;
  /** Its place among the events of the script. */
  readonly number: number;
  /** Its first line. */
  readonly span: Span;
};

/** Reads a script; never throws. */
export function readPacketdrill(text: string): ScriptEvent[] {
  const script = new Script(text);
  return script.events();
}

const LETTERS: Readonly<Record<string, Flags>> = {
  S: FLAG_BITS.SYN,
  F: FLAG_BITS.FIN,
  R: FLAG_BITS.RST,
  P: FLAG_BITS.PSH,
  ".": ACK,
  U: FLAG_BITS.URG,
  E: FLAG_BITS.ECE,
  W: FLAG_BITS.CWR,
  // The third bit of accurate ECN has no name here.
  A: 0,
};

const BLANK = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|--\w+(?:=(?:"[^"\n]*"|`[^`]*`|[^\s"`])+)?)*/uy;
const TIME = /(?:\*|(\+)?\s*(\d*\.?\d+)(?:\s*(?:~\s*\+?|(?<!\.)\.\.\.)\s*\d*\.?\d+)?)\s*/uy;
const SHELL = /`(?:\\[\s\S]|[^`\\])*`/uy;
const CODE = /%\{[\s\S]*?\}%/uy;
const DIRECTION = /[<>]/uy;
const INFO = /\s*(?:\[[^\]\n]*\]|\([^)\n]*\)|encap\s+psp\s+spi\s+\w+)/uy;
const PORTS = /\s*(\d+)\s*>\s*(\d+)\s*:?/uy;
const FLAGS = /\s*([SFRPUEWA]*\d*\.?|-)(?=\s)/uy;
const SEQ = /\s*(\d+):(\d+)\((\d+)\)/uy;
const ACKNOWLEDGMENT = /[ \t]+ack[ \t]+(\d+)/uy;
const WINDOW = /[ \t]+win[ \t]+(\d+)/uy;
const URGENT = /[ \t]+urg[ \t]+(\d+)/uy;
const OPTIONS = /[ \t]*<([^>\n]*)>/uy;
const CALL = /(?:\.\.\.\s*\d*\.?\d+\s+)?([A-Za-z_]\w*)\s*\(/uy;
const RESULT = /\s*=\s*(-?\d+|0x[0-9a-fA-F]+|\.\.\.|\w+)?(?:[ \t]+(E[A-Z]+))?[^\n]*/uy;

const MICROSECONDS = 1_000_000;

/** `*`: nobody says when; long enough for any timer to have fired. */
const ANY_TIME = 1_000_000;

/** A script on its way from the first to the last character. */
class Script {
  private at = 0;
  private time = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  events(): ScriptEvent[] {
    const found: ScriptEvent[] = [];
    for (this.take(BLANK); this.at < this.text.length; this.take(BLANK)) {
      const start = this.at;
      const event = this.event();
      found.push({ ...event, at: this.time, number: found.length, span: { start, end: this.lineEnd(start) } });
    }
    return found;
  }

  private event(): ScriptPacket | ScriptCall | ScriptOther {
    if (this.take(SHELL)) return { kind: "shell" };
    if (this.take(CODE)) return { kind: "code" };
    const time = this.take(TIME);
    if (!time) return this.unreadable("no time at its beginning");
    const [, plus, seconds] = time;
    const value = Math.round(Number(seconds ?? 0) * MICROSECONDS);
    if (seconds === undefined) this.time += ANY_TIME;
    else this.time = plus === undefined ? value : this.time + value;
    if (this.take(SHELL)) return { kind: "shell" };
    if (this.take(CODE)) return { kind: "code" };
    const direction = this.take(DIRECTION);
    if (direction) return this.packet(direction[0] === "<");
    return this.call();
  }

  private packet(injected: boolean): ScriptPacket | ScriptOther {
    while (this.take(INFO));
    const ports = this.take(PORTS);
    const flags = this.take(FLAGS);
    const [, letters = ""] = flags ?? [];
    const flagsSpan = { start: this.at - letters.length, end: this.at };
    const seq = flags && this.take(SEQ);
    if (!seq) return this.otherPacket();
    const seqSpan = { start: this.at - seq[0].trimStart().length, end: this.at };
    const ack = this.field(ACKNOWLEDGMENT);
    const win = this.field(WINDOW);
    const urg = this.field(URGENT);
    const options = this.take(OPTIONS);
    const optionsSpan = options && { start: this.at - options[0].trimStart().length, end: this.at };
    const [, first, , length] = seq;
    return {
      kind: "packet",
      injected,
      ...(ports ? { ports: [Number(ports[1]), Number(ports[2])] as const } : {}),
      flags: [...letters].reduce((bits, letter) => bits | (LETTERS[letter] ?? 0), 0),
      flagsSpan,
      seq: Number(first) >>> 0,
      length: Number(length),
      seqSpan,
      ...(ack ? { ack: ack.value, ackSpan: ack.span } : {}),
      ...(win ? { win: win.value, winSpan: win.span } : {}),
      ...(urg ? { urg: urg.value } : {}),
      anyOptions: options?.[1]?.trim() === "...",
      options: optionsSpan ? optionsOf(options[1] ?? "", optionsSpan) : [],
      ...(optionsSpan ? { optionsSpan } : {}),
    };
  }

  private otherPacket(): ScriptOther {
    const rest = this.text.slice(this.at, this.lineEnd(this.at));
    if (/\b(?:icmp|udp|gre|mpls|ipv[46])\b/u.test(rest)) {
      this.at = this.lineEnd(this.at);
      return { kind: "other packet" };
    }
    return this.unreadable("no TCP packet");
  }

  private field(pattern: RegExp): { value: number; span: Span } | undefined {
    const found = this.take(pattern);
    if (!found) return undefined;
    return {
      value: Number(found[1]) >>> 0,
      span: { start: this.at - found[0].trimStart().length, end: this.at },
    };
  }

  private call(): ScriptCall | ScriptOther {
    const [, name] = this.take(CALL) ?? [];
    if (name === undefined) return this.unreadable("neither a packet nor a call");
    const args = this.args();
    if (args === undefined) return this.unreadable("its parenthesis is never closed");
    const [, result = "", error] = this.take(RESULT) ?? [];
    return {
      kind: "call",
      name,
      args,
      ...(/^-?\d+$/u.test(result) ? { result: Number(result) } : {}),
      ...(error === undefined ? {} : { error }),
    };
  }

  /** Up to the closing parenthesis, which may be lines below. */
  private args(): string[] | undefined {
    const args: string[] = [];
    let depth = 0;
    let start = this.at;
    for (let i = this.at; i < this.text.length; i++) {
      const character = this.text[i] ?? "";
      if (character === '"') i = this.stringEnd(i);
      else if ("([{".includes(character)) depth++;
      else if (depth > 0 && ")]}".includes(character)) depth--;
      else if (depth === 0 && (character === "," || character === ")")) {
        args.push(this.text.slice(start, i).trim());
        start = i + 1;
        if (character === ")") {
          this.at = i + 1;
          return args;
        }
      }
    }
    return undefined;
  }

  private stringEnd(start: number): number {
    for (let i = start + 1; i < this.text.length; i++) {
      if (this.text[i] === "\\") i++;
      else if (this.text[i] === '"' || this.text[i] === "\n") return i;
    }
    return this.text.length;
  }

  private unreadable(why: Unreadable): ScriptOther {
    this.at = Math.max(this.at + 1, this.lineEnd(this.at));
    return { kind: "unreadable", why };
  }

  private lineEnd(from: number): number {
    const end = this.text.indexOf("\n", from);
    return end < 0 ? this.text.length : end;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return undefined;
    this.at = pattern.lastIndex;
    return found;
  }
}

/** `mss 1460,nop,sackOK,TS val 100 ecr 0,sack 1:1001 2001:3001`; what has no name here is left out. */
function optionsOf(text: string, span: Span): TcpOption[] {
  return text.split(",").flatMap((part): TcpOption[] => {
    const [name = "", ...words] = part.trim().split(/\s+/u);
    const value = Number(words[0]);
    switch (name) {
      case "nop":
      case "eol":
      case "sackOK":
        return [{ kind: name, span }];
      case "mss":
      case "wscale":
        return Number.isInteger(value) ? [{ kind: name, value, span }] : [];
      case "TS":
        return [{ kind: "TS", value: Number(words[1]) >>> 0, echo: Number(words[3]) >>> 0, span }];
      case "sack":
        return [{ kind: "sack", blocks: words.flatMap((block) => sackBlock(block, span)), span }];
      case "FO":
      case "FOEXP":
        return [{ kind: "FO", cookie: words[0] ?? "", span }];
      default:
        return [];
    }
  });
}

function sackBlock(text: string, span: Span) {
  const [, left, right] = /^(\d+):(\d+)$/u.exec(text) ?? [];
  if (left === undefined || right === undefined) return [];
  return [{ left: num(Number(left) >>> 0), right: num(Number(right) >>> 0), span }];
}
