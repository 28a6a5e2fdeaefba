/**
 * A second, much smaller TCP than the one that is tested: it opens, sends, acknowledges, retransmits and closes over
 * a network that loses, delays and duplicates, and writes down what happened as a flow with every state asserted.
 * No windows, no resets: what would be answered by a reset gets lost.
 */

export type ModelState =
  | "CLOSED"
  | "LISTEN"
  | "SYN-SENT"
  | "SYN-RECEIVED"
  | "ESTABLISHED"
  | "FIN-WAIT-1"
  | "FIN-WAIT-2"
  | "CLOSE-WAIT"
  | "CLOSING"
  | "LAST-ACK"
  | "TIME-WAIT";

interface Packet {
  readonly to: number;
  readonly syn: boolean;
  readonly fin: boolean;
  /** Numbers count from 0 and never wrap in here; they do in the text. */
  readonly seq: number;
  readonly ack: number | undefined;
  readonly length: number;
}

interface Peer {
  readonly name: string;
  state: ModelState;
  una: number;
  nxt: number;
  rcv: number;
  /** What was sent and is not acknowledged, as it was cut. */
  unacked: Packet[];
  /** Numbers that arrived above a hole; true for a FIN. */
  held: Map<number, boolean>;
  owes: "nothing" | "ack" | "syn-ack";
}

/** One step of a run: which of the possible moves to make, how the network treats it, how many octets. */
export interface Step {
  readonly move: number;
  readonly fate: "arrives" | "lost" | "late";
  readonly octets: number;
}

/** Runs the steps and gives the flow; the numbers of each side begin at its `first`. */
export function run(steps: readonly Step[], first: readonly [number, number]): string {
  const peers: [Peer, Peer] = [peer("client", "CLOSED"), peer("server", "LISTEN")];
  const late = new Map<string, Packet>();
  const arrived = new Map<string, Packet>();
  const lines = ["endpoint client is CLOSED", "endpoint server is LISTEN"];
  const number = (side: number, n: number) => String(((first[side] ?? 0) + n) % 2 ** 32);

  const send = (side: 0 | 1, packet: Omit<Packet, "to" | "ack">, step: Step, withAck = true) => {
    const me = peers[side];
    const sent: Packet = { ...packet, to: 1 - side, ack: withAck ? me.rcv : undefined };
    const end = endOf(sent);
    if (end > me.nxt) {
      me.unacked.push(sent);
      me.nxt = end;
    }
    if (withAck) me.owes = "nothing";
    const receiver = peers[1 - side];
    const fate = step.fate === "arrives" && receiver && !takes(receiver, sent) ? "lost" : step.fate;
    const name = `p${lines.length}`;
    lines.push(
      `${me.name} ${ARROWS[fate]} ${receiver?.name}: ${written(sent, side, number)}${fate === "lost" ? "" : ` as ${name}`}`,
    );
    if (fate === "late") late.set(name, sent);
    if (fate !== "arrives" || !receiver) return;
    arrived.set(name, sent);
    arrive(receiver, sent);
  };

  for (const step of steps) {
    const moves = [...possible(peers, send, step), ...network(peers, late, arrived, lines)];
    moves[step.move % moves.length]?.();
    lines.push(`client is ${shown(peers[0], 0, number)}, server is ${shown(peers[1], 1, number)}`);
  }
  return `${lines.join("\n")}\n`;
}

function peer(name: string, state: ModelState): Peer {
  return { name, state, una: 0, nxt: 0, rcv: 0, unacked: [], held: new Map(), owes: "nothing" };
}

function endOf({ seq, length, syn, fin }: Packet): number {
  return seq + length + (syn ? 1 : 0) + (fin ? 1 : 0);
}

const ARROWS = { arrives: "->", lost: "-x", late: "~>" } as const;

/** `PSH+ACK seq=1001 ack=5001 len=10`. */
function written(packet: Packet, side: number, number: (side: number, n: number) => string): string {
  const { syn, fin, seq, ack, length } = packet;
  const flags = [syn && "SYN", fin && "FIN", length > 0 && "PSH", ack !== undefined && "ACK"];
  const fields = [
    `seq=${number(side, seq)}`,
    ack !== undefined && `ack=${number(1 - side, ack)}`,
    length > 0 && `len=${length}`,
  ];
  return `${flags.filter(Boolean).join("+")} ${fields.filter(Boolean).join(" ")}`;
}

function shown({ state, una, nxt, rcv }: Peer, side: number, number: (side: number, n: number) => string): string {
  if (state === "CLOSED" || state === "LISTEN") return state;
  if (state === "SYN-SENT") return `${state} with snd.nxt=${number(side, nxt)}`;
  if (nxt === 0) return `${state} with rcv.nxt=${number(1 - side, rcv)}`;
  return `${state} with snd.una=${number(side, una)} snd.nxt=${number(side, nxt)} rcv.nxt=${number(1 - side, rcv)}`;
}

type Send = (side: 0 | 1, packet: Omit<Packet, "to" | "ack">, step: Step, withAck?: boolean) => void;
type Move = () => void;

/** What either end may send now. */
function possible(peers: readonly [Peer, Peer], send: Send, step: Step): Move[] {
  return ([0, 1] as const).flatMap((side) => {
    const me = peers[side];
    const moves: Move[] = [];
    const bare = { syn: false, fin: false, seq: me.nxt, length: 0 };
    if (side === 0 && me.state === "CLOSED" && me.nxt === 0) {
      moves.push(() => {
        me.state = "SYN-SENT";
        send(side, { ...bare, syn: true }, step, false);
      });
    }
    if (me.owes === "ack") moves.push(() => send(side, bare, step));
    if (me.owes === "syn-ack") moves.push(() => send(side, { ...bare, syn: true, seq: 0 }, step));
    if (me.state === "ESTABLISHED" || me.state === "CLOSE-WAIT") {
      moves.push(
        () => send(side, { ...bare, length: step.octets }, step),
        () => {
          me.state = me.state === "ESTABLISHED" ? "FIN-WAIT-1" : "LAST-ACK";
          send(side, { ...bare, fin: true, length: step.octets % 2 === 0 ? 0 : step.octets }, step);
        },
      );
    }
    const oldest = me.unacked[0];
    if (oldest && me.state !== "CLOSED") moves.push(() => send(side, oldest, step, me.state !== "SYN-SENT"));
    return moves;
  });
}

/** What the network may do with segments that are in it, or were. */
function network(
  peers: readonly [Peer, Peer],
  late: Map<string, Packet>,
  arrived: Map<string, Packet>,
  lines: string[],
): Move[] {
  const moves: Move[] = [];
  for (const [name, packet] of late) {
    const receiver = packet.to === 0 ? peers[0] : peers[1];
    moves.push(() => {
      late.delete(name);
      const takesIt = takes(receiver, packet);
      lines.push(takesIt ? `${name} arrives` : `${name} gets lost`);
      if (!takesIt) return;
      arrived.set(name, packet);
      arrive(receiver, packet);
    });
  }
  const [name, packet] = [...arrived].at(-1) ?? [];
  const receiver = packet && (packet.to === 0 ? peers[0] : peers[1]);
  if (name !== undefined && packet && receiver && takes(receiver, packet))
    moves.push(() => {
      lines.push(`${name} arrives again`);
      arrive(receiver, packet);
    });
  return moves;
}

/** Whether the receiver has a connection, or makes one, for the segment. */
function takes({ state, nxt }: Peer, { syn, ack }: Packet): boolean {
  if (state === "CLOSED") return false;
  if (state === "LISTEN") return syn && ack === undefined;
  // An acknowledgment that no opening side can use is answered by a reset.
  if (state === "SYN-RECEIVED") return ack === undefined || (nxt > 0 && ack === nxt);
  if (state === "SYN-SENT") return syn && ack === nxt;
  // A SYN for a connection that waits to be forgotten may begin another.
  return state !== "TIME-WAIT" || !syn;
}

/** RFC 9293 §3.10.7, without resets. */
function arrive(me: Peer, packet: Packet): void {
  const { syn, ack } = packet;
  if (me.state === "LISTEN") {
    me.state = "SYN-RECEIVED";
    me.rcv = 1;
    me.owes = "syn-ack";
    return;
  }
  if (me.state === "SYN-SENT") {
    me.state = "ESTABLISHED";
    me.rcv = 1;
    me.owes = "ack";
    acknowledge(me, ack ?? 0);
    return;
  }
  if (syn) {
    me.owes = me.state === "SYN-RECEIVED" ? "syn-ack" : "ack";
    return;
  }
  const end = endOf(packet);
  const old = packet.seq < me.rcv && end <= me.rcv;
  if (old) {
    me.owes = "ack";
    return;
  }
  acknowledge(me, ack ?? 0);
  if (me.state === "CLOSED") return;
  if (packet.length > 0 || packet.fin) {
    me.owes = "ack";
    for (let i = 0; i < packet.length; i++) me.held.set(packet.seq + i, false);
    if (packet.fin) me.held.set(end - 1, true);
    drain(me);
  }
}

function acknowledge(me: Peer, ack: number): void {
  if (ack <= me.una || ack > me.nxt) return;
  me.una = ack;
  me.unacked = me.unacked.filter((packet) => endOf(packet) > ack);
  if (me.state === "SYN-RECEIVED") Object.assign(me, { state: "ESTABLISHED", owes: "nothing" });
  if (ack < me.nxt) return;
  if (me.state === "FIN-WAIT-1") me.state = "FIN-WAIT-2";
  else if (me.state === "CLOSING") me.state = "TIME-WAIT";
  else if (me.state === "LAST-ACK") Object.assign(me, { state: "CLOSED", owes: "nothing" });
}

function drain(me: Peer): void {
  for (let fin = me.held.get(me.rcv); fin !== undefined; fin = me.held.get(me.rcv)) {
    me.held.delete(me.rcv);
    me.rcv++;
    if (!fin) continue;
    if (me.state === "ESTABLISHED") me.state = "CLOSE-WAIT";
    else if (me.state === "FIN-WAIT-1") me.state = "CLOSING";
    else if (me.state === "FIN-WAIT-2") me.state = "TIME-WAIT";
  }
}
