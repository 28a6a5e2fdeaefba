/** The capture format of Wireshark: blocks of many kinds, of which those with packets are read (draft-ietf-opsawg-pcapng). */
import { LONGEST_PACKET, type PacketSink, type Recorded, type RecordReader, type Stop } from "./packets.ts";
import type { FormatTexts } from "./texts.ts";

const SECTION = 0x0a0d0d0a;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const PACKET = 6;

const SMALLEST_BLOCK = 12;
/** Of a block that is read; others are skipped whatever their length. */
const LONGEST_BLOCK = LONGEST_PACKET + 65_536;
const MOST_INTERFACES = 65_536;

/** What the packets of one interface have in common. */
interface Interface {
  readonly linkType: number;
  readonly snapLength: number;
  /** Microseconds for one unit of its clock, and what to add. */
  readonly tick: number;
  readonly offset: number;
}

/** Whether a file that begins with these octets is in this format. */
export function isPcapng(view: DataView, at: number): boolean {
  return view.getUint32(at) === SECTION;
}

/** A reader for one file. */
export function pcapngReader(sink: PacketSink, texts: FormatTexts): RecordReader {
  const recorded: Recorded = { packet: 0, time: 0, length: 0, linkType: 0 };
  let little = true;
  let interfaces: Interface[] = [];

  /** Reads the body [at, end) of a block; gives what is wrong with it. */
  function readBlock(type: number, octets: Uint8Array, view: DataView, at: number, end: number): string | undefined {
    switch (type) {
      case SECTION:
        interfaces = [];
        return end - at < 16 ? texts.shortSection : undefined;
      case INTERFACE: {
        if (end - at < 8) return texts.shortInterface;
        if (interfaces.length >= MOST_INTERFACES) return texts.manyInterfaces(MOST_INTERFACES);
        interfaces.push(readInterface(view, at, end, little));
        return undefined;
      }
      case PACKET:
        return readPacket(octets, view, at, end, at + 20, end - at < 20 ? -1 : view.getUint32(at, little));
      case OLD_PACKET:
        return readPacket(octets, view, at, end, at + 20, end - at < 20 ? -1 : view.getUint16(at, little));
      default:
        return readSimplePacket(octets, view, at, end);
    }
  }

  function readPacket(
    octets: Uint8Array,
    view: DataView,
    at: number,
    end: number,
    data: number,
    number: number,
  ): string | undefined {
    if (number < 0) return texts.shortPacket;
    const where = interfaces[number];
    if (!where) return texts.unknownInterface(number);
    const captured = view.getUint32(at + 12, little);
    if (captured > end - data) return texts.packetBeyondBlock(captured);
    const ticks =
      view.getUint32(at + 4, little) * 4294967296 * where.tick + view.getUint32(at + 8, little) * where.tick;
    recorded.time = ticks + where.offset;
    recorded.length = view.getUint32(at + 16, little);
    hand(octets, data, data + captured, where);
    return undefined;
  }

  /** Has no time, and belongs to the first interface. */
  function readSimplePacket(octets: Uint8Array, view: DataView, at: number, end: number): string | undefined {
    const [where] = interfaces;
    if (end - at < 4) return texts.shortPacket;
    if (!where) return texts.noInterface;
    const length = view.getUint32(at, little);
    const captured = Math.min(length, where.snapLength === 0 ? length : where.snapLength, end - at - 4);
    recorded.time = 0;
    recorded.length = length;
    hand(octets, at + 4, at + 4 + captured, where);
    return undefined;
  }

  function hand(octets: Uint8Array, start: number, end: number, { linkType }: Interface): void {
    recorded.linkType = linkType;
    sink(octets, start, end, recorded);
    recorded.packet++;
  }

  /** The place behind the next block, where to stop instead, or what is wrong with it. */
  function readNext(octets: Uint8Array, view: DataView, at: number, end: number): number | Stop | string {
    const type = view.getUint32(at, little);
    if (type === SECTION) {
      const order = orderOf(view.getUint32(at + 8));
      if (order === undefined) return texts.noOrder;
      little = order === "little";
    }
    const length = view.getUint32(at + 4, little);
    const whole = end - at >= length;
    if (length < SMALLEST_BLOCK || length % 4 !== 0) return texts.damagedBlock(length);
    if (!READ.has(type)) return whole ? at + length : { kind: "skip", at, octets: length };
    if (length > LONGEST_BLOCK) return texts.blockTooLong(length);
    if (!whole) return { kind: "more", at };
    if (view.getUint32(at + length - 4, little) !== length) return texts.twoLengths;
    return readBlock(type, octets, view, at + 8, at + length - 4) ?? at + length;
  }

  const read = (octets: Uint8Array, view: DataView, start: number, end: number, base: number): Stop => {
    let at = start;
    while (end - at >= SMALLEST_BLOCK) {
      const next = readNext(octets, view, at, end);
      if (typeof next === "string") return { kind: "problem", problem: { offset: base + at, message: next } };
      if (typeof next !== "number") return next;
      at = next;
    }
    return { kind: "more", at };
  };
  return Object.assign(read, { unit: "block" } as const);
}

function orderOf(mark: number): "little" | "big" | undefined {
  if (mark === 0x4d3c2b1a) return "little";
  return mark === 0x1a2b3c4d ? "big" : undefined;
}

const READ: ReadonlySet<number> = new Set([SECTION, INTERFACE, OLD_PACKET, SIMPLE_PACKET, PACKET]);

const RESOLUTION = 9;
const TIME_OFFSET = 14;

function readInterface(view: DataView, at: number, end: number, little: boolean): Interface {
  const [linkType, snapLength] = [view.getUint16(at, little), view.getUint32(at + 4, little)];
  let [tick, offset] = [1, 0];
  for (let option = at + 8; option + 4 <= end; ) {
    const code = view.getUint16(option, little);
    const length = view.getUint16(option + 2, little);
    const value = option + 4;
    if (code === 0 || value + length > end) break;
    if (code === RESOLUTION && length === 1) tick = tickOf(view.getUint8(value));
    if (code === TIME_OFFSET && length === 8) offset = Number(view.getBigInt64(value, little)) * 1e6;
    option = value + Math.ceil(length / 4) * 4;
  }
  return { linkType, snapLength, tick, offset };
}

/** A power of 10, or of 2 where the highest bit is set, in microseconds. */
function tickOf(resolution: number): number {
  const exponent = resolution & 0x7f;
  return 1e6 * ((resolution & 0x80) === 0 ? 10 : 2) ** -exponent;
}
