/** What findings say in English, but for the verdicts of the rules (`messages.ts`). */
import type { State } from "../../tcp/states.ts";
import type { Vantage } from "../capture-table.ts";
import type { SegmentClass } from "../replay-types.ts";

/** How the asserted state is reached, or why it is not reached here. */
const WAYS: Readonly<Record<State, string>> = {
  CLOSED: "a connection ends by the last ACK, a RST, an abort or 2MSL after TIME-WAIT",
  LISTEN: "an end listens after a passive open",
  "SYN-SENT": "SYN-SENT begins when the SYN is sent",
  "SYN-RECEIVED": "SYN-RECEIVED begins when a SYN arrives",
  ESTABLISHED: "ESTABLISHED needs the peer's SYN and the ACK of its own",
  "FIN-WAIT-1": "FIN-WAIT-1 begins with its own close, before the peer's FIN arrives",
  "FIN-WAIT-2": "FIN-WAIT-2 begins when its FIN is acknowledged",
  "CLOSE-WAIT": "CLOSE-WAIT begins when the peer's FIN arrives first",
  CLOSING: "CLOSING needs the peer's FIN while its own is not acknowledged",
  "LAST-ACK": "LAST-ACK begins with its close after the peer's FIN",
  "TIME-WAIT": "TIME-WAIT is for the end that closed first, once both FINs are acknowledged",
};

export const EN = {
  // What a segment is called, and where it stands.
  line: (number: number) => `line ${number}`,
  packet: (number: number) => `packet ${number}`,
  segmentAt: (what: string, place: string) => `the ${what} at ${place}`,
  data: "data",
  theClient: "the client",
  theServer: "the server",
  /** The label of a segment that a capture lacks. */
  notCaptured: "not captured",
  /** `one` and `two` are address and port of the ends. */
  capturedFrom: (file: string, number: number, one: string, two: string, vantage: Vantage) =>
    `${file}, connection ${number}: ${one} - ${two}, captured ${vantage === "middle" ? "between them" : `at the ${vantage}`}`,

  /** A class by the name that Wireshark gives it. */
  className: (name: SegmentClass): string => name,

  // Fixes.
  change: (what: string, to: string) => `Change ${what} to ${to}`,
  changeFlags: (flags: string) => `Change the flags to ${flags}`,
  changeState: (state: State) => `Change the state to ${state}`,
  changeBlock: (block: string) => `Change the block to ${block}`,
  changeTo: (text: string) => `Change to ${text}`,
  add: (text: string) => `Add ${text}`,
  leaveOut: (field: string) => `Leave out ${field}`,
  removeOption: "Remove this option",
  removeSegment: "Remove this segment",
  removeAck: "Remove this ACK",
  removeRetransmission: "Remove this retransmission",
  removeCall: "Remove this call",
  removeAnnotation: "Remove the annotation",
  takeDataOut: "Take the data out",
  sayDataIsLeftOut: "Say with `...` that data is left out",
  letArrive: (line: number) => `Let the segment at line ${line} arrive`,
  letBeLost: (line: number) => `Let the segment at line ${line} be lost`,
  letThisArrive: "Let this segment arrive",
  letThisBeLost: "Let this segment be lost",
  letCross: "Let the two segments cross",
  swapLines: "Let the two lines change places",
  turnArrow: "Turn the arrow round",
  letPass: (time: string) => `Let ${time} pass before`,
  drawMissing: (line: string) => `Draw the segment that is missing: ${line}`,
  drawAnswer: (line: string) => `Draw the answer: ${line}`,
  drawProbe: (line: string) => `Draw the probe: ${line}`,

  // One change that explains several mistakes.
  otherWay: (from: string, to: string) => `this segment fits the other way round: ${from} sends it to ${to}`,
  finNotCounted: (flags: string) => `no later line counts this FIN: ${flags} fits what follows`,
  countedAsFin: (flags: string) =>
    `later lines count a number for this segment, as for a FIN: ${flags} fits what follows`,
  noSyn: (flags: string) => `no SYN fits here: ${flags} fits what follows`,
  openNeeds: (flags: string) => `the open needs another segment here: ${flags} fits what follows`,

  // Annotations and assertions.
  unmet: (rule: string) => `${rule} was expected here, but nothing breaks it`,
  unused: (rule: string) => `${rule} is allowed here, but nothing breaks it`,
  stillTimeWait: (who: string) => `${who} is still in TIME-WAIT: CLOSED comes after 2MSL`,
  otherState: (who: string, is: State, not: State, why: string) => `${who} is ${is}, not ${not}: ${why}`,
  leftState: (state: State, line: number) => `it left ${state} when the segment at line ${line} arrived`,
  ways: WAYS,
  otherVariable: (name: string, who: string, value: string | undefined) =>
    `${name} of ${who} ${value === undefined ? "is another number" : `is ${value}`} here`,

  // What TCP owes.
  owesReply: (who: string, flags: string) => `${who} owes ${flags} for this segment, which is never drawn`,
  owesProbe: (who: string) =>
    `${who} has data waiting behind this closed window: it probes after each RTO, or it might wait for ever`,

  // How the flow ends.
  endsOpen: (what: readonly string[], more: number) =>
    `the flow ends here, but ${what.join("; ")}${more > 0 ? `, and ${more} more` : ""}`,
  halfOpen: (who: string, state: State) => `${who} is half-open in ${state}`,
  halfClosed: (who: string, state: State) => `${who} is half-closed in ${state}`,
  establishedAlone: (who: string, peer: State) => `${who} is ESTABLISHED while its peer is ${peer}`,
  outstanding: (who: string) => `${who} has octets that are not acknowledged`,
  underWay: (segments: number) =>
    segments === 1 ? "a segment is still under way" : `${segments} segments are still under way`,

  // Time.
  earlyKeepAlive: (who: string, after: string) =>
    `${who} sends a keep-alive after ${after}: the default is two hours or more`,
  shortTimeWait: (who: string, waited: string, least: string) =>
    `TIME-WAIT of ${who} lasted ${waited}: 2MSL is ${least}`,
  earlyRto: (who: string, after: string) => `the timer of ${who} fires after ${after}: an RTO is one second or more`,
  notDoubled: (who: string, after: string, before: string) =>
    `the timer of ${who} fires after ${after}: it was ${before} before, and doubles each time`,
  lateAck: (who: string, after: string) => `${who} acknowledges after ${after}: an ACK is delayed by less than 500 ms`,
  earlyFastRetransmission:
    "a retransmission after two duplicate ACKs: it takes three, four equal ACKs in all, or the timer",
  tooOld: (age: string, msl: string) => `this segment was under way for ${age}: none lives longer than one MSL, ${msl}`,
  timeIsOver: (time: string, now: string) => `${time} is over: at this line ${now} have passed`,

  // Repetitions, and segments that later lines name.
  tooManyLines: (most: number) => `repetitions make at most ${most.toLocaleString("en")} lines; the rest is left out`,
  sentLater: (name: string) => `\`${name}\` is sent only further down`,
  wasLost: (name: string) => `\`${name}\` was lost; one that comes later is sent with ~>`,
  hasArrived: (name: string) => `\`${name}\` has arrived already`,
  notArrived: (name: string) => `\`${name}\` has not arrived yet: write \`${name} arrives\``,
  arrivesByItself: (name: string) =>
    `\`${name}\` arrives by itself; a second copy is written \`${name} arrives again\``,
  hasArrivedOnce: (name: string) =>
    `\`${name}\` has arrived already; a second copy is written \`${name} arrives again\``,
};

/** The texts of findings; what one language has, all have. */
export type FlowTexts = typeof EN;
