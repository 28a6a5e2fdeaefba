/** What the editor says in English, beside findings and the glossary. */
import type { Purpose } from "../../flow/purposes.ts";
import type { NamedRole } from "../words.ts";

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

const DOES: Readonly<Record<Purpose, (from: string, to: string) => string>> = {
  open: (from) => `opens the connection: ${from} tells its first sequence number`,
  answer: (from, to) => `answers the SYN of ${to} and tells the first sequence number of ${from}`,
  acknowledge: (_, to) => `acknowledges everything that has arrived from ${to}`,
  data: (from) => `new data of ${from}`,
  finish: (from) => `ends the stream of ${from}; the other direction may go on`,
  repeat: (_, to) => `the oldest segment that ${to} has not acknowledged, once more`,
  probe: (_, to) => `a probe: ${to} must answer if it is still there`,
  reset: (from) => `${from} refuses or gives up the connection`,
};

export const EN = {
  // The line above the title.
  errors: (number: number) => count(number, "error"),
  warnings: (number: number) => count(number, "warning"),
  segments: (number: number) => (number === 0 ? "no segments" : count(number, "segment")),
  connections: (number: number) => count(number, "connection"),
  endsIn: (states: string) => `ends in ${states}`,
  preview: "Preview",

  // Code actions.
  fixAll: "Fix all mistakes that have one answer",
  expect: (rule: string) => `Expect ${rule} here: it is shown on purpose`,
  allow: (rule: string) => `Allow ${rule} here`,
  diagramToFlow: (left: number) =>
    `Turn this diagram into a flow${left === 0 ? "" : ` (${left} ${left === 1 ? "thing is" : "things are"} left out)`}`,
  formatFlow: "Format this flow",
  formatAll: "Format all flows",
  completeClose: "Complete the close",
  completeAll: "Complete the handshake and the close",
  ownLetter: (letter: string) => `Count this direction from ${letter}`,
  writeNumbers: (several: boolean) => `Write the numbers of ${several ? "these segments" : "this segment"}`,
  writeAllNumbers: "Write all numbers",
  leaveOutNumbers: (several: boolean) => `Leave out the numbers of ${several ? "these segments" : "this segment"}`,
  leaveOutAllNumbers: "Leave out all numbers that follow from others",
  markLost: "Mark this segment as lost",
  letArrive: "Let this segment arrive",
  crossWithNext: "Let this segment and the next one cross",
  defineSymbol: (name: string, text: string) => `Give ${name} a number: ${text}`,
  symbolsToNumbers: "Write numbers for all symbols",
  numbersToSymbols: "Write symbols for all numbers",

  // Renaming.
  noName: (text: string) => `“${text}” is no name: write letters, digits and _, beginning with a letter`,
  taken: (role: NamedRole, name: string) => `another ${role} is called ${name} already`,

  // Segments on hover and in the outline.
  noFlags: "no flags",
  place: (line: number, flags: string) => `line ${line} (${flags})`,
  classes: (names: readonly string[]) => `: ${names.join(", ")}`,
  state: "state",
  isLost: "It is lost.",
  staysInNetwork: "It stays in the network.",
  acknowledges: (places: readonly string[]) => `Acknowledges ${places.join(", ")}.`,
  acknowledgedBy: (place: string) => `Acknowledged by ${place}.`,
  /** Sentences one after the other. */
  sentences: (parts: readonly string[]) => parts.join(" "),

  // Numbers and symbols on hover.
  seqField: (from: string) =>
    `The number of the first octet (or SYN, or FIN) of this segment in the stream of **${from}**.`,
  ackField: (from: string, to: string) => `The next number that **${from}** expects of **${to}**.`,
  lenField: (from: string) => `Octets of data from **${from}**.`,
  winField: (from: string) => `The window field: how much **${from}** takes from its acknowledgment number on.`,
  urgField: "The urgent pointer.",
  shouldBe: (value: string) => `Should be \`${value}\`.`,
  symbol: (name: string, meaning: string, line: number) => `**${name}**: ${meaning}, bound at line ${line}.`,
  isValue: (value: string) => `It is \`${value}\`.`,
  byLet: "defined with `let`",
  inStream: (who: string) => `a number in the stream of **${who}**`,
  ofOctets: (who: string) => `a count of octets that **${who}** sends`,
  aNumber: "a number",

  // The glossary.
  entry: (word: string, means: string, rfc: string | undefined) =>
    `**${word}**: ${means}${rfc === undefined ? "" : ` (${rfc})`}`,
  withSection: (text: string, rfc: string) => `${text} (${rfc})`,
  enteredFrom: "Entered from",
  leftFor: "Left for",

  // Completion: why a segment is legal.
  does: DOES,
  stays: (state: string) => `stays ${state}`,
  sentence: (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`,
  endPassage: (who: string, passage: string) => `${who}: ${passage}`,
  isLostHere: (to: string) => `is lost: ${to} never sees it, its sender will repeat it`,

  // Completion: blocks and statements.
  wholeHandshake: "the whole three-way handshake",
  wholeClose: "the whole close, both ways",
  bothSentFirst: "both are sent before either arrives",
  opens: "opens a connection",
  opensHow: "Client: CLOSED → SYN-SENT. Server: LISTEN → SYN-RECEIVED. RFC 9293 §3.5",
  arrivesNow: "the segment in the network arrives now",
  neverArrives: "the segment in the network never arrives",
  assertsStates: "asserts the states as they are here",
  timerFires: "its retransmission timer fires: no acknowledgment has come",
  persistFires: "its persist timer fires: the window is closed",
  timeWaitEnds: (names: string) => `TIME-WAIT ends: ${names} CLOSED`,
  onPurpose: "a mistake shown on purpose",
  silentHere: "this finding is silent here",

  // Completion: words in their places.
  blank: "a blank for the reader",
  asComputed: "as computed at this line",
  optionList: "options: `<mss 1460, sackOK>`",
  asName: "a name for the segment, to say later when it arrives",
  takes: "how long it is under way: `takes 40ms`",
  old: "a duplicate from before the flow",
  spoofing: "a forged source: `spoofing client`",
  startState: "the state in which its connections start",
  label: 'a label: `as "Web server"`',
  unchecked: "nothing is judged or filled in there",
  timeWaitLength: "the length of TIME-WAIT",
  rtoNow: "the retransmission timeout as it is now",
  twiceLatency: "twice the latency",
  lifetime: "the maximum segment lifetime",
  ackDelay: "as long as an ACK is usually delayed",
  second: "a second",
  secondCopy: "a second copy of it",
  itNeverArrives: "it never arrives",
  heldAboveHole: "held above a hole",
  givesNumber: (name: string) => `gives ${name} a number`,

  // The import of a capture.
  brokenCapture: (message: string, offset: number) => `This capture cannot be read: ${message} (octet ${offset}).`,
  noTcp: "There is no TCP segment in this capture.",
  tooLong: (segments: number, most: number) =>
    `This connection has ${segments} segments, too many for a picture or a text (${most} at most).`,
  remarks: (number: number) => count(number, "remark"),
};

/** What the editor says; what one language has, all have. */
export type EditorTexts = typeof EN;
