/** The eleven states of a connection (RFC 9293 §3.3.2). */
export const STATES = [
  "CLOSED",
  "LISTEN",
  "SYN-SENT",
  "SYN-RECEIVED",
  "ESTABLISHED",
  "FIN-WAIT-1",
  "FIN-WAIT-2",
  "CLOSE-WAIT",
  "CLOSING",
  "LAST-ACK",
  "TIME-WAIT",
] as const;

export type State = (typeof STATES)[number];

/** How states are named: as in RFC 9293, or as `netstat` on Linux prints them. */
export type StateNaming = "rfc" | "netstat";

const NETSTAT: Readonly<Partial<Record<State, string>>> = {
  CLOSED: "CLOSE",
  "SYN-RECEIVED": "SYN_RECV",
  "FIN-WAIT-1": "FIN_WAIT1",
  "FIN-WAIT-2": "FIN_WAIT2",
};

/** The name of a state. */
export function stateName(state: State, naming: StateNaming): string {
  return naming === "rfc" ? state : (NETSTAT[state] ?? state.replaceAll("-", "_"));
}

/** Both ends' SYNs are acknowledged (RFC 9293 §3.5.2). */
export function isSynchronized(state: State): boolean {
  return STATES.indexOf(state) >= STATES.indexOf("ESTABLISHED");
}

/** Other spellings, in capitals and without separators: netstat, ss, the kernel, textbooks. */
const ALIASES: Readonly<Record<string, State>> = {
  SYNRCVD: "SYN-RECEIVED",
  SYNRECV: "SYN-RECEIVED",
  ESTAB: "ESTABLISHED",
  OPEN: "ESTABLISHED",
  FW1: "FIN-WAIT-1",
  FW2: "FIN-WAIT-2",
  TIMEDWAIT: "TIME-WAIT",
  TW: "TIME-WAIT",
  CLOSE: "CLOSED",
};

const BY_SPELLING = new Map<string, State>([
  ...STATES.map((state): [string, State] => [state.replaceAll("-", ""), state]),
  ...Object.entries(ALIASES),
]);

/** The state that a spelling means, whatever its case and separators (`SYN_RCVD`, `FinWait1`). */
export function readState(text: string): State | undefined {
  return BY_SPELLING.get(text.toUpperCase().replace(/[-_\s]/gu, ""));
}
