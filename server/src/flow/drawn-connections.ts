/** Collects the connections of a capture for a drawing. */
import type { Judged } from "./capture.ts";
import { socketText } from "./capture-address.ts";
import { type DrawnConnection, type DrawnSocket, recordOf } from "./drawn-record.ts";
import type { Locale } from "./locale.ts";
import { textsOf } from "./texts.ts";

/** A text with more segments is of no use to anybody. */
export const MOST_SEGMENTS = 2000;

/** What is drawn, as far as it is collected. */
export interface Collection {
  take(judged: Judged): void;
  /** Complete unless there are more segments than `MOST_SEGMENTS`. */
  readonly connections: readonly DrawnConnection[];
  /** All that were wanted, also those that are too many. */
  readonly segments: number;
}

/** @param wanted the number of the one connection that is drawn; all if left out */
export function collectConnections(wanted?: number): Collection {
  const connections = new Map<number, DrawnConnection>();
  let segments = 0;
  return {
    take(judged) {
      if (wanted !== undefined && judged.connection !== wanted) return;
      if (++segments > MOST_SEGMENTS) return;
      const known = connections.get(judged.connection) ?? newConnection(judged);
      connections.set(judged.connection, known);
      known.vantage = judged.vantage;
      known.records.push(recordOf(judged));
    },
    get connections() {
      return [...connections.values()];
    },
    get segments() {
      return segments;
    },
  };
}

function newConnection({ connection, from, vantage, segment }: Judged): DrawnConnection {
  const sender = socketOf(socketText(segment, "source"));
  const receiver = socketOf(socketText(segment, "destination"));
  return { number: connection, vantage, records: [], sockets: from === 0 ? [sender, receiver] : [receiver, sender] };
}

function socketOf(text: string): DrawnSocket {
  const colon = text.lastIndexOf(":");
  return { address: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

/** What a text says first of a connection: `a.pcap, connection 0: 10.0.0.1:40000 - 10.0.0.2:80, captured at the client` */
export function remarkOn({ number, sockets, vantage }: DrawnConnection, file: string, locale: Locale): string {
  const [one = "", two = ""] = sockets.map(({ address, port }) => `${address}:${port}`);
  return textsOf(locale).capturedFrom(file, number, one, two, vantage);
}
