/** A long transfer over a network that loses segments, as captured at one point: what small recorded exchanges do not show. */
import { type CapturedSegment, emptySegment } from "../../server/src/flow/captured.ts";

export interface Conditions {
  /** Segments of data, and how many of them may be under way. */
  readonly segments: number;
  readonly window: number;
  /** Of a thousand segments. */
  readonly lost: number;
  readonly sack: boolean;
  readonly point: "client" | "server" | "middle";
  readonly seed: number;
}

type Side = "client" | "server";

/** A segment on its way. */
interface Sent {
  readonly from: Side;
  readonly flags: number;
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  readonly stamp: number;
  readonly echo: number;
  readonly blocks: readonly (readonly [number, number])[];
}

/** Microseconds from end to end. */
const WAY = 10_000;
const TIMEOUT = 300_000;
const MSS = 1448;
/** The first octet of data, and the client's only number. */
const DATA = 5001;
const CLIENT = 1001;

/** The server sends, the client acknowledges everything at once; both keep to RFC 5681, RFC 2018 and RFC 7323. */
export function transfer(conditions: Conditions): CapturedSegment[] {
  const { segments, window, lost, sack, point, seed } = conditions;
  const captured: CapturedSegment[] = [];
  const random = randomNumbers(seed);
  const events = timeline();
  const clock = (): number => 1_000_000 + Math.floor(events.now / 1000);
  const capture = (sent: Sent, at: number): void => events.at(at, () => captured.push(asCaptured(sent, at, sack)));
  /** Sends a segment over the network, past the point of the capture. */
  const send = (sent: Sent, arrive: () => void): void => {
    const isLost = random() < lost / 1000;
    const beforePoint = point === "middle" ? random() < 0.5 : sent.from !== point;
    const passes = point === "middle" ? WAY / 2 : sent.from === point ? 0 : WAY;
    if (!isLost || !beforePoint) capture(sent, events.now + passes);
    if (!isLost) events.at(events.now + WAY + 1, arrive);
  };

  const server = { next: DATA, acknowledged: DATA, duplicates: 0, recover: DATA, echo: 0 };
  const client = { next: DATA, held: new Set<number>(), echo: 0 };
  const sendData = (seq: number): void => {
    const stamp = clock();
    send({ ...EMPTY, from: "server", flags: 0x18, seq, ack: CLIENT, length: MSS, stamp, echo: server.echo }, () =>
      takeData(seq, stamp),
    );
  };
  const pump = (): void => {
    while (server.next < DATA + segments * MSS && server.next < server.acknowledged + window * MSS) {
      sendData(server.next);
      server.next += MSS;
    }
  };
  const takeData = (seq: number, stamp: number): void => {
    if (seq > client.next) client.held.add(seq);
    else if (seq === client.next) {
      client.echo = stamp;
      client.next += MSS;
      while (client.held.delete(client.next)) client.next += MSS;
    }
    const [ack, hole, own] = [client.next, client.held.size > 0, clock()];
    const blocks = sack ? blocksOf(client.held, seq) : [];
    send({ ...EMPTY, from: "client", flags: 0x10, seq: CLIENT, ack, stamp: own, echo: client.echo, blocks }, () => {
      server.echo = Math.max(server.echo, own);
      takeAck(ack, hole);
    });
  };
  const takeAck = (ack: number, hole: boolean): void => {
    if (ack > server.acknowledged) {
      [server.acknowledged, server.duplicates] = [ack, 0];
      if (ack < server.recover) sendData(ack);
      pump();
      events.at(events.now + TIMEOUT, () => {
        if (server.acknowledged === ack && ack < server.next) repeat(ack);
      });
    } else if (hole && ack === server.acknowledged && ++server.duplicates === 3) {
      server.recover = server.next;
      sendData(ack);
    }
  };
  const repeat = (seq: number): void => {
    sendData(seq);
    events.at(events.now + TIMEOUT, () => {
      if (server.acknowledged === seq) repeat(seq);
    });
  };

  const opening = clock();
  capture({ ...EMPTY, from: "client", flags: 0x02, seq: CLIENT - 1, stamp: opening }, 0);
  capture({ ...EMPTY, from: "server", flags: 0x12, seq: DATA - 1, ack: CLIENT, stamp: opening, echo: opening }, 1);
  capture({ ...EMPTY, from: "client", flags: 0x10, seq: CLIENT, ack: DATA, stamp: opening, echo: opening }, 2);
  [server.echo, client.echo] = [opening, opening];
  events.at(3, pump);
  // The first segment may be lost too.
  events.at(TIMEOUT, () => {
    if (server.acknowledged === DATA) repeat(DATA);
  });
  events.run();
  return captured.map((segment, packet) => ({ ...segment, packet }));
}

const EMPTY: Sent = { from: "client", flags: 0, seq: 0, ack: 0, length: 0, stamp: 0, echo: 0, blocks: [] };

/** What is held as blocks, the one with `seq` first; there is room for three beside the timestamps (RFC 2018 §4). */
function blocksOf(held: ReadonlySet<number>, seq: number): (readonly [number, number])[] {
  const blocks: [number, number][] = [];
  for (const start of [...held].sort((a, b) => a - b)) {
    const last = blocks.at(-1);
    if (last?.[1] === start) last[1] = start + MSS;
    else blocks.push([start, start + MSS]);
  }
  const newest = blocks.filter(([left, right]) => left <= seq && seq < right);
  return [...newest, ...blocks.filter((block) => !newest.includes(block))].slice(0, 3);
}

function asCaptured(sent: Sent, at: number, sack: boolean): CapturedSegment {
  const { from, flags, seq, ack, length, stamp, echo, blocks } = sent;
  const segment = emptySegment();
  const [own, peer] = from === "client" ? [40_000, 80] : [80, 40_000];
  const syn = (flags & 0x02) !== 0;
  segment.addresses[3] = own;
  segment.addresses[7] = peer;
  segment.options.sackEdges.set(blocks.flat());
  return {
    ...segment,
    time: 1e12 + at,
    sourcePort: own,
    destinationPort: peer,
    flags,
    seq,
    ack,
    window: syn ? 65_535 : 8000,
    length,
    id: (at & 0xffff) | 1,
    options: {
      ...segment.options,
      octets: syn ? 20 : 12 + (blocks.length > 0 ? 4 + 8 * blocks.length : 0),
      mss: syn ? 1460 : -1,
      windowScale: syn ? 10 : -1,
      sackPermitted: syn && sack,
      hasTimestamps: true,
      timestamp: stamp,
      echo,
      sackBlocks: blocks.length,
    },
  };
}

/** What happens at its time; at equal times, in the order in which it was planned. */
function timeline() {
  const planned = new Map<number, (() => void)[]>();
  const times: number[] = [];
  const line = {
    now: 0,
    at(time: number, event: () => void): void {
      const same = planned.get(time);
      if (same) same.push(event);
      else {
        planned.set(time, [event]);
        let place = times.length;
        while (place > 0 && (times[place - 1] ?? 0) < time) place--;
        times.splice(place, 0, time);
      }
    },
    run(): void {
      for (let time = times.pop(); time !== undefined; time = times.pop()) {
        line.now = time;
        const events = planned.get(time) ?? [];
        // An event may plan another for the same time.
        for (let i = 0; i < events.length; i++) events[i]?.();
        planned.delete(time);
      }
    },
  };
  return line;
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) / 2 ** 24;
  };
}
