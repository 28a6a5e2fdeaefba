/** Which messages of a diagram are TCP: silence wherever the words may belong to another protocol. */
import { ACK, FIN, type Flags, PSH, SYN } from "../tcp/flags.ts";
import { add, type Num, plus, sameForm } from "../tcp/numbers.ts";
import type { Label } from "./mermaid-labels.ts";

/** A message between two participants. */
export interface Message {
  readonly from: number;
  readonly to: number;
  readonly label: Label;
}

/** Protocols that borrow TCP's words. */
const FOREIGN =
  /\b(?:R?UDP|UDT|QUIC|KCP|CoAP|SCTP|DCCP|D?TLS flight|uTP|µTP|LEDBAT|ENet|RakNet|NACKs?|NAKs?|Kafka|Raft|Paxos|RST_STREAM|SYN_STREAM|SYN_REPLY|GOAWAY|[Yy]amux|smux|mplex|[Oo]pcode|CONNACK|PUBACK|CON|NON|BLE|LoRa\w*|ZigBee|UART|PPP|LCP|HDLC|DRBD|gossip|Gossip|GBN|Go-Back-N|[Ss]elective Repeat|[Ss]top-and-[Ww]ait|rdt ?[123]\.\d)\b|\b(?!SYN|FIN|RST|PSH|DUP|LAST|TCP|DELAYED)[A-Z]{3,}[_-]ACK\b/u;
/** Fields that TCP does not have. */
const FOREIGN_FIELD = /\bconn(?:ection)?[ _-]?id\b|\b(?:stream|channel)[ _-]?id\s*[=:#]|\bsession\s*=/iu;
/** A protocol on top of another transport, though TCP is named beside. */
const ON_TOP =
  /\b(?:over|on top of|atop|via)\s+UDP|UDP[- ]based|基于\s*UDP|UDP\s*(?:之上|上)|(?:user ?space|custom|自定义)/iu;

/** Segments that come late, or from somebody else, make right what looks wrong. */
const UNTOLD =
  /\b(?:old|stale|delayed|late|spoof\w*|forged?|attack\w*|hijack\w*|inject\w*|reboot\w*|crash\w*|restart\w*)\b|旧|老的?|历史|延迟|伪造|攻击|劫持|注入|重启|宕机|이전|지연|공격|위조/iu;

/** Whether a diagram tells of segments that its arrows do not show as such. */
export function leavesUntold(words: string): boolean {
  return UNTOLD.test(words);
}

/** Whether the words of a diagram speak of another protocol. */
export function isForeign(words: string): boolean {
  if (ON_TOP.test(words) || FOREIGN_FIELD.test(words)) return true;
  return FOREIGN.test(words) && !/\bTCP\b/u.test(words);
}

/** One number for a pair of participants, whichever sends. */
export function pairOf({ from, to }: Pick<Message, "from" | "to">): string {
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}

/** The pairs of participants that speak TCP; `named` says whether the diagram names it. */
export function engagedPairs(messages: readonly Message[], named: boolean): Set<string> {
  const byPair = new Map<string, Message[]>();
  for (const message of messages) {
    if (message.from === message.to) continue;
    const key = pairOf(message);
    const known = byPair.get(key);
    if (known) known.push(message);
    else byPair.set(key, [message]);
  }
  const engaged = new Set<string>();
  for (const [key, exchange] of byPair) {
    const speaks = opens(exchange) || closes(exchange) || counts(exchange);
    if (speaks && (named || !countsPackets(exchange))) engaged.add(key);
  }
  return engaged;
}

/** The flags of the label as its first group, or its bits, name them. */
function flagsOf({ groups, bits, ackSign, ack }: Label): Flags {
  const acknowledges = ack !== undefined || ackSign !== undefined ? ACK : 0;
  return ((bits?.flags ?? 0) | (groups[0]?.flags ?? 0) | acknowledges) & ~(bits?.off ?? 0);
}

/** A SYN and its SYN,ACK. */
function opens(exchange: readonly Message[]): boolean {
  return exchange.some(
    ({ from, label }, i) =>
      (flagsOf(label) & (SYN | ACK)) === SYN &&
      exchange.slice(i + 1).some((other) => {
        const named = other.label.groups.some(({ flags }) => (flags & (SYN | ACK)) === (SYN | ACK));
        return other.from !== from && (named || (flagsOf(other.label) & (SYN | ACK)) === (SYN | ACK));
      }),
  );
}

/** A FIN, and an answer to it. */
function closes(exchange: readonly Message[]): boolean {
  return exchange.some(
    ({ from, label }, i) =>
      (flagsOf(label) & FIN) !== 0 &&
      exchange.slice(i + 1).some((other) => other.from !== from && (flagsOf(other.label) & (ACK | FIN)) !== 0),
  );
}

/** Numbers that are acknowledged as octets are counted, beside flags in capitals. */
function counts(exchange: readonly Message[]): boolean {
  if (!exchange.some(({ label }) => label.groups.length > 0 || label.ackSign !== undefined)) return false;
  return exchange.some(({ from, label }, i) => {
    const end = endOf(label);
    // Nobody else pushes.
    const pushes = (flagsOf(label) & (PSH | ACK)) === (PSH | ACK);
    return (
      end !== undefined &&
      exchange.slice(i + 1).some((other) => {
        const { ack, ackSign } = other.label;
        const value = (ack ?? ackSign)?.value;
        return other.from !== from && value !== undefined && (pushes || sameForm(value, end));
      })
    );
  });
}

/** Data of no length, acknowledged by its own number: whole packets are counted, as protocols of one's own do. */
function countsPackets(exchange: readonly Message[]): boolean {
  return exchange.some(({ from, label }, i) => {
    const { seq, len, lost } = label;
    const next = exchange[i + 1];
    const ack = (next?.label.ack ?? next?.label.ackSign)?.value;
    if (!seq || len || lost || !ack || next?.from === from) return false;
    // An ACK takes no number: the next one may well be its own.
    return flagsOf(label) === 0 && sameForm(ack, seq.value);
  });
}

/** The number behind a segment that says how much it carries. */
function endOf(label: Label): Num | undefined {
  const { seq, len } = label;
  if (!seq) return undefined;
  const flags = flagsOf(label);
  if (flags & (SYN | FIN)) return add(plus(seq.value, len?.value ?? { constant: 0, terms: [] }), 1);
  return len && plus(seq.value, len.value);
}
