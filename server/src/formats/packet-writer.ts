/** One TCP segment in one IPv4 packet, with right checksums (RFC 791 §3.1, RFC 9293 §3.1). */

export interface WirePacket {
  /** IPv4 addresses as numbers. */
  readonly source: number;
  readonly destination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly seq: number;
  /** 0 where the ACK flag is off. */
  readonly ack: number;
  readonly flags: number;
  readonly window: number;
  readonly urgent: number;
  /** A multiple of four octets, at most 40. */
  readonly options: readonly number[];
  readonly payload: Uint8Array;
  /** The identification of the IP packet: copies of one packet share it. */
  readonly id: number;
}

const IP_HEADER = 20;
const TCP_HEADER = 20;
const TCP = 6;
const DO_NOT_FRAGMENT = 0x4000;

/** The longest payload that an IPv4 packet has room for beside its headers. */
export const MOST_PAYLOAD = 0xffff - IP_HEADER - TCP_HEADER - 40;

export function writePacket(packet: WirePacket): Uint8Array {
  const { options, payload } = packet;
  const length = TCP_HEADER + options.length + payload.length;
  const octets = new Uint8Array(IP_HEADER + length);
  const view = new DataView(octets.buffer);
  view.setUint8(0, 0x45);
  view.setUint16(2, octets.length);
  view.setUint16(4, packet.id & 0xffff);
  view.setUint16(6, DO_NOT_FRAGMENT);
  view.setUint8(8, 64);
  view.setUint8(9, TCP);
  view.setUint32(12, packet.source);
  view.setUint32(16, packet.destination);
  view.setUint16(10, checksum(view, 0, IP_HEADER, 0));

  view.setUint16(IP_HEADER, packet.sourcePort);
  view.setUint16(IP_HEADER + 2, packet.destinationPort);
  view.setUint32(IP_HEADER + 4, packet.seq);
  view.setUint32(IP_HEADER + 8, packet.ack);
  view.setUint8(IP_HEADER + 12, ((TCP_HEADER + options.length) / 4) << 4);
  view.setUint8(IP_HEADER + 13, packet.flags);
  view.setUint16(IP_HEADER + 14, packet.window);
  view.setUint16(IP_HEADER + 18, packet.urgent);
  octets.set(options, IP_HEADER + TCP_HEADER);
  octets.set(payload, IP_HEADER + TCP_HEADER + options.length);
  // The pseudo header (RFC 9293 §3.1): both addresses, the protocol, the length.
  const pseudo = sum(view, 12, IP_HEADER) + TCP + length;
  view.setUint16(IP_HEADER + 16, checksum(view, IP_HEADER, octets.length, pseudo));
  return octets;
}

/** The sum of the 16-bit words of [start, end); a last odd octet counts as if 0 followed. */
function sum(view: DataView, start: number, end: number): number {
  let total = 0;
  for (let at = start; at < end; at += 2) total += at + 1 < end ? view.getUint16(at) : view.getUint8(at) << 8;
  return total;
}

/** RFC 1071: the complement of the sum in ones' complement arithmetic. */
function checksum(view: DataView, start: number, end: number, seed: number): number {
  let total = seed + sum(view, start, end);
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 0x10000);
  return ~total & 0xffff;
}
