/** What is said in English about a capture file. */
import type { Unreadable } from "../packetdrill.ts";
import type { ScriptProblem } from "../packetdrill-writer.ts";
import type { Skipped } from "../tcp-packets.ts";

const PROBLEMS: Readonly<Record<ScriptProblem, string>> = {
  "begins in the middle of the opening or closing": "it begins in the middle of the opening or closing",
  "never takes part": "it sends and receives nothing",
  crashes: "it crashes, which no script can ask of a kernel",
  "neither opens nor listens": "it neither opens nor listens",
  "opens more than once": "its connection is opened more than once",
};

export const EN = {
  // Why a file is not read to its end.
  noCapture: "neither a pcap nor a pcapng file",
  compressed: "a file that gzip has compressed: unpack it first",
  endsInside: (unit: "packet" | "block") => `the file ends in the middle of a ${unit} that begins here`,
  pcapVersion: (version: number) => `this pcap file has version ${version}; only version 2 is known`,
  packetTooLong: (octets: number) =>
    `a packet of ${octets} octets: longer than any packet is, so the file is damaged here`,
  shortSection: "a section header that is too short",
  shortInterface: "an interface description that is too short",
  manyInterfaces: (most: number) => `more than ${most} interfaces`,
  shortPacket: "a packet block that is too short",
  unknownInterface: (number: number) => `a packet of interface ${number}, which no block describes`,
  packetBeyondBlock: (octets: number) => `a packet of ${octets} octets in a block that is shorter`,
  noInterface: "a packet before any interface is described",
  noOrder: "a section without a mark for its order of octets",
  damagedBlock: (octets: number) => `a block of ${octets} octets: the file is damaged here`,
  blockTooLong: (octets: number) => `a block of ${octets} octets: longer than any packet is`,
  twoLengths: "a block whose two lengths differ",

  // What a Mermaid diagram says that no flow can say.
  otherExchange: (said: string) => `this message is not part of the exchange that is carried over: "${said}"`,
  loopDrawnOnce: "the lines of this loop are drawn once",
  alternativeAsNotes: "alternatives are no part of a flow: this one is kept as notes",
  optionDrawn: "whether these lines happen is no part of a flow: they are drawn",
  breakAsNotes: "a break is no part of a flow: its lines are kept as notes",
  drawnInOrder: "what happens at once is drawn in its order",

  /** The label of the end of a packetdrill script that is tested. */
  kernel: "kernel under test",
  /** What of a script its flow does not have. */
  untold: {
    shell: "a shell command, left out",
    code: "Python code, left out",
    "other packet": "a packet that is not TCP, left out",
  },
  unreadable: (why: Unreadable | undefined) =>
    `this line of the script cannot be read${why === undefined ? "" : `: ${why}`}`,
  /** Why a flow makes no test. */
  scriptProblem: (who: string, problem: ScriptProblem) => `no test of ${who}: ${PROBLEMS[problem]}`,
  /** Why packets give no segment, e.g. `3 not TCP`. */
  skipped: (count: number, why: Skipped) => `${count} ${why}`,
};

/** What is said about capture files; what one language has, all have. */
export type FormatTexts = typeof EN;
