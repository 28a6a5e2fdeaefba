/** The meaning of the words of a flow, in a sentence or two each, for hover and completion. */
import type { CallName, TimerName, VariableName } from "../../flow/flow.ts";
import type { FieldName, OPENERS, OptionName, SETTINGS, VERBS } from "../../language/words.ts";
import type { FlagName } from "../../tcp/flags.ts";

export interface Entry {
  readonly means: string;
  readonly rfc?: string;
}

export const FLAG_ENTRIES: Readonly<Record<FlagName, Entry>> = {
  SYN: { means: "Opens: tells the first sequence number of its sender. Takes one number.", rfc: "RFC 9293 §3.4" },
  FIN: { means: "Its sender has no more data. Takes one number.", rfc: "RFC 9293 §3.6" },
  RST: { means: "Ends the connection at once, or refuses it.", rfc: "RFC 9293 §3.5.2" },
  PSH: { means: "Hand the data to the application now. A segment with PSH carries data.", rfc: "RFC 9293 §3.9.1.2" },
  ACK: {
    means: "The acknowledgment number counts. On in every segment but the first SYN, and some RSTs.",
    rfc: "RFC 9293 §3.4",
  },
  URG: { means: "The urgent pointer counts.", rfc: "RFC 9293 §3.8.5" },
  ECE: { means: "Echoes that a router has marked congestion; on a SYN, offers this.", rfc: "RFC 3168 §6.1" },
  CWR: { means: "Its sender has reduced its congestion window.", rfc: "RFC 3168 §6.1.2" },
};

export const FIELD_ENTRIES: Readonly<Record<FieldName, Entry>> = {
  seq: { means: "Sequence number: that of the first octet of data, or of the SYN.", rfc: "RFC 9293 §3.4" },
  ack: { means: "Acknowledgment number: the next number that its sender expects.", rfc: "RFC 9293 §3.4" },
  len: { means: "Octets of data. Left out: none; with PSH, some.", rfc: "RFC 9293 §3.4" },
  win: { means: "Window, as in the header: how many octets its sender takes from `ack` on.", rfc: "RFC 9293 §3.8.6" },
  urg: { means: "Urgent pointer.", rfc: "RFC 9293 §3.8.5" },
  data: { means: "The data as text; its length in UTF-8 octets is `len`." },
};

export const OPTION_ENTRIES: Readonly<Record<OptionName, Entry>> = {
  mss: {
    means: "Maximum segment size: the most octets of data that its sender takes in a segment. On SYNs.",
    rfc: "RFC 9293 §3.7.1",
  },
  nop: { means: "Padding between options.", rfc: "RFC 9293 §3.1" },
  eol: { means: "End of the list of options.", rfc: "RFC 9293 §3.1" },
  sackOK: { means: "SACK permitted: its sender understands selective acknowledgments. On SYNs.", rfc: "RFC 2018 §2" },
  sack: { means: "Blocks that arrived above a hole: `sack 101:201`.", rfc: "RFC 2018 §3" },
  TS: { means: "Timestamps: the sender's clock, and an echo of the peer's: `TS val 100 ecr 0`.", rfc: "RFC 7323 §3" },
  wscale: {
    means: "Window scale: later windows of its sender count in units of 2^n octets. On SYNs.",
    rfc: "RFC 7323 §2",
  },
  FO: { means: "Fast Open cookie: with it, data on a SYN is delivered at once.", rfc: "RFC 7413 §4.1.1" },
};

export const CALL_ENTRIES: Readonly<Record<CallName, Entry>> = {
  listen: { means: "Passive open: waits for a SYN.", rfc: "RFC 9293 §3.10.1" },
  connect: { means: "Active open: sends SYN.", rfc: "RFC 9293 §3.10.1" },
  send: { means: "Hands data to TCP: `send 100`.", rfc: "RFC 9293 §3.10.2" },
  receive: { means: "Takes data from TCP, which may open the window.", rfc: "RFC 9293 §3.10.3" },
  shutdown: { means: "Ends the own stream with FIN and goes on receiving.", rfc: "RFC 9293 §3.6" },
  close: { means: "Ends the own stream with FIN and gives the connection back.", rfc: "RFC 9293 §3.10.4" },
  abort: { means: "Ends the connection at once with RST.", rfc: "RFC 9293 §3.10.5" },
};

export const TIMER_ENTRIES: Readonly<Record<TimerName, Entry>> = {
  retransmission: { means: "The oldest unacknowledged segment is sent again.", rfc: "RFC 6298 §5" },
  persist: { means: "A closed window is probed.", rfc: "RFC 9293 §3.8.6.1" },
  keepalive: { means: "An idle connection is probed.", rfc: "RFC 9293 §3.8.4" },
  user: { means: "The user timeout is over: the connection is aborted.", rfc: "RFC 9293 §3.10.8" },
  "time-wait": { means: "2MSL are over: the connection is gone.", rfc: "RFC 9293 §3.10.8" },
};

export const VARIABLE_ENTRIES: Readonly<Record<VariableName, Entry>> = {
  "snd.una": { means: "Oldest number sent and not yet acknowledged.", rfc: "RFC 9293 §3.3.1" },
  "snd.nxt": { means: "Next number to send.", rfc: "RFC 9293 §3.3.1" },
  "snd.wnd": { means: "How many octets from SND.UNA on the peer takes.", rfc: "RFC 9293 §3.3.1" },
  "rcv.nxt": { means: "Next number expected of the peer; what `ack` says.", rfc: "RFC 9293 §3.3.1" },
  "rcv.wnd": { means: "How many octets from RCV.NXT on it takes.", rfc: "RFC 9293 §3.3.1" },
  iss: { means: "Its initial sequence number.", rfc: "RFC 9293 §3.3.1" },
  irs: { means: "The peer's initial sequence number.", rfc: "RFC 9293 §3.3.1" },
};

export const SETTING_ENTRIES: Readonly<Record<(typeof SETTINGS)[number], Entry>> = {
  latency: { means: "How long each segment is under way: `set latency = 40ms`." },
  msl: { means: "Maximum segment lifetime, 2 minutes if not set.", rfc: "RFC 9293 §3.4.2" },
  rto: { means: "The first retransmission timeout, 1 second if not set.", rfc: "RFC 6298 §2.1" },
  mss: { means: "The largest segment in octets of data.", rfc: "RFC 9293 §3.7.1" },
  window: { means: "The window of every segment that writes none.", rfc: "RFC 9293 §3.8.6" },
};

export const OPENER_ENTRIES: Readonly<Record<(typeof OPENERS)[number] | "...", Entry>> = {
  title: { means: "Heading of the picture." },
  endpoint: { means: 'Declares endpoints: `endpoint client, server as "Web server" is LISTEN`.' },
  crossing: { means: "Everything in the block is sent before anything in it arrives." },
  repeat: { means: "The block happens several times and is drawn once." },
  wait: { means: "Time passes: `wait 2MSL`." },
  section: { means: "Heading inside the flow." },
  note: { means: "A remark beside one lifeline or across several." },
  let: { means: "Gives a symbol a number: `let x = 1000`." },
  set: { means: "A setting: `set latency = 40ms`." },
  "...": { means: "Left out: any legal data flowed and was acknowledged. States stay, numbers move on." },
};

export const VERB_ENTRIES: Readonly<Record<(typeof VERBS)[number], Entry>> = {
  is: { means: "Asserts its state after the line before." },
  calls: { means: "A user call." },
  timeout: { means: "One of its timers fires; `retransmission` if left out." },
  crashes: { means: "Forgets its connections without a segment." },
  arrives: { means: "A segment sent with `~>`, or a second copy, arrives now." },
  gets: { means: "`gets lost`: a segment sent with `~>` never arrives." },
};

export const ARROW_ENTRIES: Readonly<Record<"->" | "-x" | "~>", Entry>> = {
  "->": { means: "The segment arrives." },
  "-x": { means: "The segment is lost." },
  "~>": { means: "The segment stays in the network until `NAME arrives`." },
};
