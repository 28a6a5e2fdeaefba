/** Capture files of every kind that is read: formats, link types, IP headers; and what is no capture at all. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isCapture, readCaptureFile } from "../../server/src/formats/capture-file.ts";
import { packetsOf, readCapture, writePcap } from "../support/captures.ts";
import { ethernet, fragment, fragment6, ipv4, ipv6, pcapng, tcp } from "../support/packets.ts";
import { capturedAt, readTrace } from "../support/traces.ts";

const SYN = tcp({ seq: 1000, flags: 0x02, options: [2, 4, 5, 0xb4, 4, 2, 1, 3, 3, 7] });
const DATA = tcp({ seq: 1001, ack: 501, flags: 0x18, data: 3 });

/** A file of these packets of one link type, one second apart. */
function file(linkType: number, ...packets: Uint8Array[]): Uint8Array {
  return writePcap(
    packets.map((octets, i) => ({ time: i * 1e6, octets, length: octets.length, linkType })),
    { linkType },
  );
}

/** Sequence numbers and lengths of data of the segments in a file. */
function segments(octets: Uint8Array, chunk?: number): string[] {
  return readCapture(octets, chunk).segments.map(({ seq, length }) => `${seq}+${length}`);
}

describe("a capture of a kernel's exchange", () => {
  const octets = capturedAt("client_closes", "A");

  test("has the headers that the kernel wrote", () => {
    const sent = readTrace("client_closes").events.flatMap((event) => (event.ev === "send" ? [event.seg] : []));
    expect(segments(octets).toSorted()).toEqual(sent.map(({ seq, len }) => `${seq}+${len}`).toSorted());
  });

  test("has the options of each segment", () => {
    const [syn, synAck] = readCapture(octets).segments;
    expect(syn?.options).toMatchObject({
      mss: 1460,
      windowScale: 10,
      sackPermitted: true,
      hasTimestamps: true,
      echo: 0,
    });
    expect(synAck?.options.echo).toBe(syn?.options.timestamp);
  });

  test.each([1, 7, 100, 4096])("is the same when read %i octets at a time", (chunk) => {
    expect(readCapture(octets, chunk)).toEqual(readCapture(octets));
  });

  test.each([
    { little: true, nano: false },
    { little: true, nano: true },
    { little: false, nano: false },
    { little: false, nano: true },
  ])("is the same in a file written as $little, $nano (little-endian, nanoseconds)", (form) => {
    expect(readCapture(writePcap(packetsOf(octets), form)).segments).toEqual(readCapture(octets).segments);
  });

  test.each([true, false])(
    "is the same with the longer headers of Kuznetzov's libpcap (little-endian: %s)",
    (little) => {
      const form = { little, magic: 0xa1b2cd34, recordHeader: 24 };
      expect(readCapture(writePcap(packetsOf(octets), form)).segments).toEqual(readCapture(octets).segments);
    },
  );

  test.each([true, false])("is the same as pcapng (little-endian: %s)", (little) => {
    expect(readCapture(pcapng(packetsOf(octets), { little })).segments).toEqual(readCapture(octets).segments);
  });
});

describe("link types", () => {
  const packet = ipv4(SYN);
  test.each([
    ["Ethernet", 1, ethernet(0x0800, packet)],
    ["Ethernet with a VLAN tag", 1, ethernet(0x8100, Uint8Array.of(0, 5, 8, 0, ...packet))],
    ["Ethernet with two VLAN tags", 1, ethernet(0x88a8, Uint8Array.of(0, 5, 0x81, 0, 0, 6, 8, 0, ...packet))],
    ["Ethernet with IPv6", 1, ethernet(0x86dd, ipv6(SYN))],
    ["Linux cooked", 113, Uint8Array.of(...new Uint8Array(14), 8, 0, ...packet)],
    ["Linux cooked, version 2", 276, Uint8Array.of(8, 0, ...new Uint8Array(18), ...packet)],
    ["raw IP", 101, packet],
    ["raw IPv6", 229, ipv6(SYN)],
    ["BSD loopback, little-endian", 0, Uint8Array.of(2, 0, 0, 0, ...packet)],
    ["BSD loopback, big-endian", 0, Uint8Array.of(0, 0, 0, 2, ...packet)],
    ["BSD loopback with IPv6", 0, Uint8Array.of(30, 0, 0, 0, ...ipv6(SYN))],
    ["OpenBSD loopback", 108, Uint8Array.of(0, 0, 0, 24, ...ipv6(SYN))],
  ])("%s", (_name, linkType, octets) => {
    expect(segments(file(linkType, octets))).toEqual(["1000+0"]);
  });

  test("others are skipped and counted", () => {
    expect(readCapture(file(147, ipv4(SYN))).skipped).toEqual(["of an unknown link type"]);
  });
});

describe("IP headers", () => {
  test("the length of the data is that of the IP header: Ethernet pads short frames", () => {
    expect(segments(file(1, ethernet(0x0800, Uint8Array.of(...ipv4(DATA), 0, 0, 0))))).toEqual(["1001+3"]);
  });

  test("a length of 0 is left to the network card: what was on the wire counts", () => {
    expect(segments(file(101, ipv4(DATA, { total: 0 })))).toEqual(["1001+3"]);
  });

  test("options of IPv4, and extension headers of IPv6", () => {
    expect(segments(file(101, ipv4(DATA, { options: 8 })))).toEqual(["1001+3"]);
    expect(segments(file(101, ipv6(DATA, [0, 43, 60, 51, 44, 135, 139, 140])))).toEqual(["1001+3"]);
  });

  test.each([
    ["in order", 40, false],
    ["in the other order", 40, true],
    ["with a piece of the TCP header each", 16, false],
  ])("the fragments of a packet count as one, %s", (_order, size, turned) => {
    const pieces = fragment(ipv4(tcp({ seq: 1, data: 60 })), size);
    const { segments: read, skipped } = readCapture(file(101, ...(turned ? pieces.toReversed() : pieces)));
    expect(read.map(({ seq, length }) => [seq, length])).toEqual([[1, 60]]);
    expect(skipped).toEqual(pieces.slice(1).map(() => "fragments behind the first"));
  });

  test("those of IPv6 too; what is never complete is counted, and not kept for long", () => {
    const pieces = (id: number) => fragment6(ipv6(tcp({ seq: id, data: 60 })), 40, id);
    const lost = Array.from({ length: 1000 }, (_, id) => pieces(id)[0] ?? new Uint8Array(0));
    const { segments: read, skipped } = readCapture(file(101, ...lost, ...pieces(2000)));
    expect(read.map(({ seq, length }) => [seq, length])).toEqual([[2000, 60]]);
    expect(skipped).toHaveLength(1000 + pieces(2000).length - 1);
  });

  test("what is no TCP is skipped and counted", () => {
    const udp = ipv4(SYN);
    udp[9] = 17;
    const arp = ethernet(0x0806, new Uint8Array(28));
    expect(readCapture(file(1, ethernet(0x0800, udp), arp)).skipped).toEqual(["not TCP", "not IP"]);
  });

  test("a packet cut by the snap length keeps the length that it had", () => {
    const whole = ipv4(tcp({ seq: 5, data: 1000 }));
    const cut = writePcap([{ time: 0, octets: whole.subarray(0, 96), length: whole.length, linkType: 101 }]);
    expect(segments(cut)).toEqual(["5+1000"]);
    const cutOptions = writePcap([{ time: 0, octets: whole.subarray(0, 40), length: whole.length, linkType: 101 }]);
    expect(segments(cutOptions)).toEqual(["5+1000"]);
    const shorter = writePcap([{ time: 0, octets: whole.subarray(0, 30), length: whole.length, linkType: 101 }]);
    expect(readCapture(shorter).skipped).toEqual(["cut short before the end of the TCP header"]);
  });

  test("headers that cannot be are skipped", () => {
    const short = ipv4(DATA);
    short[20 + 12] = 0x20;
    expect(readCapture(file(101, short)).skipped).toEqual(["with a malformed header"]);
  });
});

describe("what is wrong with a file is said once, with its place", () => {
  const octets = capturedAt("abort", "A");

  test("no capture at all", () => {
    expect(isCapture(new TextEncoder().encode("title"))).toBe(false);
    expect(readCapture(new TextEncoder().encode("title")).problem).toEqual({
      offset: 0,
      message: "neither a pcap nor a pcapng file",
    });
    expect(readCapture(new Uint8Array(0)).problem?.offset).toBe(0);
  });

  test("a capture that is compressed", () => {
    expect(readCapture(gzipSync(octets)).problem).toEqual({
      offset: 0,
      message: "a file that gzip has compressed: unpack it first",
    });
  });

  test("an end in the middle of a packet; what came before it was read", () => {
    const { problem, segments: read } = readCapture(octets.subarray(0, octets.length - 5));
    expect(problem?.message).toBe("the file ends in the middle of a packet that begins here");
    expect(problem?.offset).toBeGreaterThan(400);
    expect(read).toHaveLength(5);
  });

  test("a packet longer than any", () => {
    const damaged = octets.slice();
    new DataView(damaged.buffer).setUint32(24 + 8, 0x7fff_ffff, true);
    expect(readCapture(damaged).problem).toEqual({
      offset: 24,
      message: "a packet of 2147483647 octets: longer than any packet is, so the file is damaged here",
    });
  });

  test("a pcapng block that is longer than the file is skipped without being kept", () => {
    const reader = readCaptureFile(() => undefined);
    const block = new Uint8Array(12);
    const view = new DataView(block.buffer);
    view.setUint32(0, 0x0000_0bad, true);
    view.setUint32(4, 0xffff_fffc, true);
    expect(reader.push(pcapng([]))).toBeUndefined();
    expect(reader.push(block)).toBeUndefined();
    for (let i = 0; i < 100; i++) expect(reader.push(new Uint8Array(100_000))).toBeUndefined();
    expect(reader.end()?.message).toContain("ends in the middle of a block");
  });

  test("damaged files never throw, whatever is damaged and however they are cut", () => {
    const whole = [octets, pcapng(packetsOf(octets), { little: true })];
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
        fc.nat(),
        fc.integer({ min: 1, max: 600 }),
        (file, damages, end, chunk) => {
          const damaged = file.slice(0, 1 + (end % file.length));
          for (const [at, value] of damages) damaged[at % damaged.length] = value;
          const { segments: read, problem } = readCapture(damaged, chunk);
          expect(read.length).toBeLessThan(100);
          expect(problem === undefined || problem.offset <= damaged.length + 0xffff_ffff).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
