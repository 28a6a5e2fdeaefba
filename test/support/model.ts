/**
 * A second, much smaller TCP than the one that is tested: it opens, sends, acknowledges, retransmits and closes.
 * No resets; numbers count from 0 and never wrap. With a capacity it keeps windows too.
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

export interface Packet {
  readonly to: number;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly seq: number;
  readonly ack: number | undefined;
  readonly length: number;
  /** The window; infinite where windows are not kept. */
  readonly win: number;
}

export interface Peer {
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
  /** Octets that it takes before its user reads. */
  readonly capacity: number;
  unread: number;
  /** The first number that the other end does not take yet. */
  edge: number;
  /** The sequence and acknowledgment numbers of the segment that told so. */
  told: readonly [number, number];
}

export function peer(name: string, state: ModelState, capacity = Number.POSITIVE_INFINITY): Peer {
  const numbers = { una: 0, nxt: 0, rcv: 0, edge: 0, unread: 0 };
  return { name, state, capacity, ...numbers, told: [0, 0], unacked: [], held: new Map(), owes: "nothing" };
}

function endOf({ seq, length, syn, fin }: Packet): number {
  return seq + length + (syn ? 1 : 0) + (fin ? 1 : 0);
}

/** A segment before it leaves: it gets its acknowledgment number then. */
export type Draft = Omit<Packet, "to" | "ack" | "win">;

/** The segment leaves: what it carries has to be acknowledged, and what was owed is said. */
export function leave(me: Peer, to: number, draft: Draft, withAck: boolean): Packet {
  const packet: Packet = { ...draft, to, ack: withAck ? me.rcv : undefined, win: me.capacity - me.unread };
  const end = endOf(packet);
  if (end > me.nxt) {
    me.unacked.push(packet);
    me.nxt = end;
  }
  if (withAck) me.owes = "nothing";
  return packet;
}

type Send = (side: 0 | 1, draft: Draft, withAck?: boolean) => void;
export type Move = () => void;

/** What either end may send now. */
export function possible(peers: readonly [Peer, Peer], send: Send, octets: number): Move[] {
  return ([0, 1] as const).flatMap((side) => {
    const me = peers[side];
    const moves: Move[] = [];
    const bare = { syn: false, fin: false, seq: me.nxt, length: 0 };
    if (side === 0 && me.state === "CLOSED" && me.nxt === 0) {
      moves.push(() => {
        me.state = "SYN-SENT";
        send(side, { ...bare, syn: true }, false);
      });
    }
    if (me.owes === "ack") moves.push(() => send(side, bare));
    if (me.owes === "syn-ack") moves.push(() => send(side, { ...bare, syn: true, seq: 0 }));
    const listens = ["ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2"].includes(me.state);
    if (me.unread > 0 && Number.isFinite(me.capacity) && listens)
      moves.push(() => {
        me.unread = 0;
        me.owes = "ack";
      });
    const room = Math.min(octets, me.edge - me.nxt);
    if ((me.state === "ESTABLISHED" || me.state === "CLOSE-WAIT") && room > 0) {
      moves.push(
        () => send(side, { ...bare, length: room }),
        () => {
          me.state = me.state === "ESTABLISHED" ? "FIN-WAIT-1" : "LAST-ACK";
          send(side, { ...bare, fin: true, length: room % 2 === 0 ? 0 : room - 1 });
        },
      );
    }
    const oldest = me.unacked[0];
    if (oldest && me.state !== "CLOSED") moves.push(() => send(side, oldest, me.state !== "SYN-SENT"));
    return moves;
  });
}

/** Whether the receiver has a connection, or makes one, for the segment. */
export function takes({ state, nxt }: Peer, { syn, ack }: Packet): boolean {
  if (state === "CLOSED") return false;
  if (state === "LISTEN") return syn && ack === undefined;
  // An acknowledgment that no opening side can use is answered by a reset.
  if (state === "SYN-RECEIVED") return ack === undefined || (nxt > 0 && ack === nxt);
  if (state === "SYN-SENT") return syn && ack === nxt;
  // A SYN for a connection that waits to be forgotten may begin another.
  return state !== "TIME-WAIT" || !syn;
}

/** RFC 9293 §3.10.7, without resets. */
export function arrive(me: Peer, packet: Packet): void {
  const { syn } = packet;
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
    acknowledge(me, packet);
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
  acknowledge(me, packet);
  if (me.state === "CLOSED") return;
  if (packet.length > 0 || packet.fin) {
    me.owes = "ack";
    for (let i = 0; i < packet.length; i++) me.held.set(packet.seq + i, false);
    if (packet.fin) me.held.set(end - 1, true);
    drain(me);
  }
}

function acknowledge(me: Peer, { ack = 0, win, seq }: Packet): void {
  // An older segment does not tell the window (RFC 9293 §3.10.7.4, SND.WL1 and SND.WL2).
  const newer = seq > me.told[0] || (seq === me.told[0] && ack >= me.told[1]);
  if (ack >= me.una && ack <= me.nxt && newer) {
    me.edge = ack + win;
    me.told = [seq, ack];
  }
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
    if (!fin) {
      me.unread++;
      continue;
    }
    if (me.state === "ESTABLISHED") me.state = "CLOSE-WAIT";
    else if (me.state === "FIN-WAIT-1") me.state = "CLOSING";
    else if (me.state === "FIN-WAIT-2") me.state = "TIME-WAIT";
  }
}
