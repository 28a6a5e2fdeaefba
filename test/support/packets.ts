/** Packets made by hand, for what the recorded ones do not show. */
import type { Packet } from "./captures.ts";

/** A TCP segment between ports 40000 and 80; `options` are octets, padded to words. */
export function tcp({ seq = 0, ack = 0, flags = 0x10, data = 0, options = [] as readonly number[] }): Uint8Array {
  const header = 20 + Math.ceil(options.length / 4) * 4;
  const octets = new Uint8Array(header + data);
  const view = new DataView(octets.buffer);
  view.setUint16(0, 40000);
  view.setUint16(2, 80);
  view.setUint32(4, seq);
  view.setUint32(8, ack);
  view.setUint8(12, (header / 4) << 4);
  view.setUint8(13, flags);
  view.setUint16(14, 64240);
  octets.set(options, 20);
  return octets;
}

/** An IPv4 packet, with so many octets of options; `total` instead of its length. */
export function ipv4(payload: Uint8Array, given: { options?: number; total?: number } = {}): Uint8Array {
  const { options = 0 } = given;
  const { total = 20 + options + payload.length } = given;
  const octets = new Uint8Array(20 + options + payload.length);
  const view = new DataView(octets.buffer);
  view.setUint8(0, 0x40 | (5 + options / 4));
  view.setUint16(2, total);
  view.setUint8(8, 64);
  view.setUint8(9, 6);
  octets.set([10, 0, 0, 1, 10, 0, 0, 2], 12);
  octets.fill(1, 20, 20 + options);
  octets.set(payload, 20 + options);
  return octets;
}

/** An IPv6 packet with these extension headers, each as short as it can be. */
export function ipv6(payload: Uint8Array, extensions: readonly number[] = []): Uint8Array {
  const lengths = extensions.map((kind) => (kind === 51 ? 12 : 8));
  const behind = lengths.reduce((sum, length) => sum + length, 0);
  const octets = new Uint8Array(40 + behind + payload.length);
  const view = new DataView(octets.buffer);
  view.setUint8(0, 0x60);
  view.setUint16(4, behind + payload.length);
  view.setUint8(6, extensions[0] ?? 6);
  view.setUint8(7, 64);
  octets.set([0xfd, 1], 8);
  octets.set([0xfd, 2], 24);
  let at = 40;
  for (const [i, kind] of extensions.entries()) {
    octets[at] = extensions[i + 1] ?? 6;
    octets[at + 1] = kind === 51 ? 1 : 0;
    at += lengths[i] ?? 8;
  }
  octets.set(payload, at);
  return octets;
}

/** An Ethernet frame of this type. */
export function ethernet(type: number, payload: Uint8Array): Uint8Array {
  return Uint8Array.of(...new Uint8Array(12), type >> 8, type & 0xff, ...payload);
}

/** The fragments of an IPv4 packet without options, with so many octets of payload each (a multiple of 8). */
export function fragment(packet: Uint8Array, octets: number): Uint8Array[] {
  return cut(packet.subarray(20), octets).map(({ offset, piece, isLast }) => {
    const fragment = Uint8Array.of(...packet.subarray(0, 20), ...piece);
    const view = new DataView(fragment.buffer);
    view.setUint16(2, fragment.length);
    view.setUint16(6, offset / 8 + (isLast ? 0 : 0x2000));
    return fragment;
  });
}

/** The fragments of an IPv6 packet without extension headers. */
export function fragment6(packet: Uint8Array, octets: number, id: number): Uint8Array[] {
  return cut(packet.subarray(40), octets).map(({ offset, piece, isLast }) => {
    const fragment = Uint8Array.of(...packet.subarray(0, 40), packet[6] ?? 0, ...new Uint8Array(7), ...piece);
    const view = new DataView(fragment.buffer);
    view.setUint16(4, 8 + piece.length);
    view.setUint8(6, 44);
    view.setUint16(42, offset + (isLast ? 0 : 1));
    view.setUint32(44, id);
    return fragment;
  });
}

function cut(payload: Uint8Array, octets: number): { offset: number; piece: Uint8Array; isLast: boolean }[] {
  return Array.from({ length: Math.ceil(payload.length / octets) }, (_, i) => {
    const offset = i * octets;
    return { offset, piece: payload.subarray(offset, offset + octets), isLast: offset + octets >= payload.length };
  });
}

/** A pcapng file of one section and one interface, whose clock counts microseconds. */
export function pcapng(packets: readonly Packet[], { little = true, linkType = 101 } = {}): Uint8Array {
  const blocks = [
    block(
      0x0a0d0d0a,
      little,
      (view) => {
        view.setUint32(0, 0x1a2b3c4d, little);
        view.setUint16(4, 1, little);
        view.setInt32(8, -1, little);
        view.setInt32(12, -1, little);
      },
      16,
    ),
    block(1, little, (view) => view.setUint16(0, linkType, little), 8),
    // A kind that nobody knows.
    block(0x0bad, little, () => undefined, 40),
    ...packets.map(({ time, octets, length }) =>
      block(
        6,
        little,
        (view) => {
          view.setUint32(4, Math.floor(time / 2 ** 32), little);
          view.setUint32(8, time % 2 ** 32, little);
          view.setUint32(12, octets.length, little);
          view.setUint32(16, length, little);
          new Uint8Array(view.buffer).set(octets, view.byteOffset + 20);
        },
        20 + Math.ceil(octets.length / 4) * 4,
      ),
    ),
  ];
  const file = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const octets of blocks) {
    file.set(octets, at);
    at += octets.length;
  }
  return file;
}

function block(type: number, little: boolean, fill: (body: DataView) => void, size: number): Uint8Array {
  const octets = new Uint8Array(12 + size);
  const view = new DataView(octets.buffer);
  view.setUint32(0, type, little);
  view.setUint32(4, octets.length, little);
  view.setUint32(8 + size, octets.length, little);
  fill(new DataView(octets.buffer, 8, size));
  return octets;
}
