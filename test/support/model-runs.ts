/** Runs of the model, written down as flows. */
import { arrive, leave, type Move, type Packet, type Peer, peer, possible, takes } from "./model.ts";

/** One step of a run: which of the possible moves to make, how the network treats it, how many octets. */
export interface Step {
  readonly move: number;
  readonly fate: "arrives" | "lost" | "late";
  readonly octets: number;
}

/** Runs the steps over a network that loses, delays and duplicates; every state is asserted. The numbers of each side begin at its `first`; with a capacity, windows are written and kept. */
export function run(steps: readonly Step[], first: readonly [number, number], capacity?: number): string {
  const peers: [Peer, Peer] = [peer("client", "CLOSED", capacity), peer("server", "LISTEN", capacity)];
  const late = new Map<string, Packet>();
  const arrived = new Map<string, Packet>();
  const lines = ["endpoint client is CLOSED", "endpoint server is LISTEN"];
  const number = (side: number, n: number) => String(((first[side] ?? 0) + n) % 2 ** 32);

  for (const { move, fate, octets } of steps) {
    const moves = possible(
      peers,
      (side, draft, withAck = true) => {
        const packet = leave(peers[side], 1 - side, draft, withAck);
        const receiver = side === 0 ? peers[1] : peers[0];
        // What would be answered by a reset gets lost.
        const kind = fate === "arrives" && !takes(receiver, packet) ? "lost" : fate;
        const name = `p${lines.length}`;
        const arrow = `${peers[side].name} ${ARROWS[kind]} ${receiver.name}`;
        lines.push(`${arrow}: ${written(packet, side, number)}${kind === "lost" ? "" : ` as ${name}`}`);
        if (kind === "late") late.set(name, packet);
        if (kind !== "arrives") return;
        arrived.set(name, packet);
        arrive(receiver, packet);
      },
      octets,
    );
    moves.push(...network(peers, late, arrived, lines));
    moves[move % moves.length]?.();
    lines.push(`client is ${shown(peers[0], 0, number)}, server is ${shown(peers[1], 1, number)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** One step of a run by the clock: the move, its size, and the milliseconds that pass before it. */
export interface TimedStep {
  readonly move: number;
  readonly lost: boolean;
  readonly octets: number;
  readonly pause: number;
}

/** Runs the steps by a clock, every segment under way for `latency` ms; the states stand at the end. */
export function runByClock(steps: readonly TimedStep[], latency: number): string {
  const peers: [Peer, Peer] = [peer("client", "CLOSED"), peer("server", "LISTEN")];
  const lines = ["endpoint client is CLOSED", "endpoint server is LISTEN", `set latency = ${latency}ms`];
  const number = (side: number, n: number) => String(1000 + 4000 * side + n);
  let flying: { packet: Packet; due: number }[] = [];
  const arriveUntil = (time: number) => {
    for (const { packet, due } of flying) {
      const receiver = packet.to === 0 ? peers[0] : peers[1];
      if (due <= time && takes(receiver, packet)) arrive(receiver, packet);
    }
    flying = flying.filter(({ due }) => due > time);
  };
  let now = 0;
  for (const { move, lost, octets, pause } of steps) {
    now += pause;
    arriveUntil(now);
    const moves = possible(
      peers,
      (side, draft, withAck = true) => {
        const packet = leave(peers[side], 1 - side, draft, withAck);
        const arrow = `${peers[side].name} ${ARROWS[lost ? "lost" : "arrives"]} ${side === 0 ? "server" : "client"}`;
        lines.push(`@${now}ms ${arrow}: ${written(packet, side, number)}`);
        if (!lost) flying.push({ packet, due: now + latency });
      },
      octets,
    );
    moves[move % moves.length]?.();
  }
  arriveUntil(now + latency);
  lines.push(`wait ${latency}ms`, `client is ${shown(peers[0], 0, number)}, server is ${shown(peers[1], 1, number)}`);
  return `${lines.join("\n")}\n`;
}

const ARROWS = { arrives: "->", lost: "-x", late: "~>" } as const;

/** `PSH+ACK seq=1001 ack=5001 len=10`. */
function written(packet: Packet, side: number, number: (side: number, n: number) => string): string {
  const { syn, fin, seq, ack, length, win } = packet;
  const flags = [syn && "SYN", fin && "FIN", length > 0 && "PSH", ack !== undefined && "ACK"];
  const fields = [
    `seq=${number(side, seq)}`,
    ack !== undefined && `ack=${number(1 - side, ack)}`,
    length > 0 && `len=${length}`,
    Number.isFinite(win) && `win=${win}`,
  ];
  return `${flags.filter(Boolean).join("+")} ${fields.filter(Boolean).join(" ")}`;
}

function shown({ state, una, nxt, rcv }: Peer, side: number, number: (side: number, n: number) => string): string {
  if (state === "CLOSED" || state === "LISTEN") return state;
  if (state === "SYN-SENT") return `${state} with snd.nxt=${number(side, nxt)}`;
  if (nxt === 0) return `${state} with rcv.nxt=${number(1 - side, rcv)}`;
  return `${state} with snd.una=${number(side, una)} snd.nxt=${number(side, nxt)} rcv.nxt=${number(1 - side, rcv)}`;
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
