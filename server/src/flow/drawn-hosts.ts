/** Who the ends of captured connections are: the endpoints of a drawing. */
import { ACK, RST, SYN } from "../tcp/flags.ts";
import { has } from "../tcp/segment.ts";
import type { State } from "../tcp/states.ts";
import type { EndNumber } from "./capture-connection.ts";
import type { DrawnConnection, DrawnRecord } from "./drawn-record.ts";
import { NOWHERE } from "./drawn-segment.ts";
import type { Endpoint, Socket } from "./flow.ts";

export interface Hosts {
  readonly endpoints: readonly Endpoint[];
  /** With its port where there are several connections. */
  socket(connection: DrawnConnection, end: EndNumber): Socket;
}

const isOpening = ({ flags }: DrawnRecord): boolean => has(flags, SYN) && !has(flags, ACK | RST);
const isAnswer = ({ flags }: DrawnRecord): boolean => has(flags, SYN) && has(flags, ACK);

/** The end that opens, else the one that sends first, unless it answers. */
export function clientOf({ records }: DrawnConnection): EndNumber {
  const opening = records.find(isOpening);
  if (opening) return opening.from;
  const answer = records.find(isAnswer);
  return answer?.from === 0 ? 1 : 0;
}

/** A host is called client or server as its first connection has it; more of them are counted. */
export function hostsOf(connections: readonly DrawnConnection[]): Hosts {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  const meet = (address: string, role: string): void => {
    if (names.has(address)) return;
    const count = (counts.get(role) ?? 0) + 1;
    counts.set(role, count);
    names.set(address, count === 1 ? role : `${role}${count}`);
  };
  // A host that talks to itself is one address with two roles.
  const keyOf = ({ sockets }: DrawnConnection, end: EndNumber): string => {
    const isSame = sockets[0].address === sockets[1].address;
    return isSame ? `${sockets[end].address} ${sockets[end].port}` : sockets[end].address;
  };
  for (const connection of connections) {
    const client = clientOf(connection);
    meet(keyOf(connection, client), "client");
    meet(keyOf(connection, client === 0 ? 1 : 0), "server");
  }
  const numbers = new Map([...names.keys()].map((address, number) => [address, number]));
  const endpoints = [...names].map(([address, name]): Endpoint => {
    const state = startOf(
      connections.flatMap((connection) =>
        ([0, 1] as const).filter((end) => keyOf(connection, end) === address).map((end) => ({ connection, end })),
      ),
    );
    const start = state === undefined ? {} : { start: { state, variables: [], span: NOWHERE } };
    return { name, unchecked: false, span: NOWHERE, ...start };
  });
  return {
    endpoints,
    socket: (connection, end) => {
      const endpoint = numbers.get(keyOf(connection, end)) ?? 0;
      return connections.length === 1 ? { endpoint } : { endpoint, port: connection.sockets[end].port };
    },
  };
}

/** Where an endpoint stands before connections that were captured from their beginning. */
function startOf(ends: readonly { connection: DrawnConnection; end: EndNumber }[]): State | undefined {
  if (!ends.every(({ connection: { records } }) => records[0] && isOpening(records[0]))) return undefined;
  const firstOwn = ends.map(({ connection: { records }, end }) => records.find(({ from }) => from === end));
  const listens = firstOwn.some((own) => own && isAnswer(own));
  const refuses = firstOwn.some((own) => own && has(own.flags, RST));
  // It listens on one port and not on another: no state is that of all its connections.
  if (listens && refuses) return undefined;
  if (listens) return "LISTEN";
  // Who never says anything may be anything.
  return firstOwn.some((own) => own !== undefined) ? "CLOSED" : undefined;
}
