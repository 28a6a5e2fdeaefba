/**
 * One field of one packet of the kernels' captures is changed: how often that is found, here and by tshark's expert
 * information on the same packets. The shares are printed. Findings stand beside tshark's warnings; what we say of
 * captures that lack packets stands beside its notes too.
 */
import { expect, test } from "vitest";
import { checkPackets, type Packet, packetsOf } from "../support/captures.ts";
import { expertOf, HAS_TSHARK, type Remark, WARNING } from "../support/expert.ts";
import { legalStory } from "../support/legal-captures.ts";
import { MUTATIONS, type Mutation, relocated } from "../support/mutated-captures.ts";
import { capturedAt, type Host, traceNames } from "../support/traces.ts";

/** A capture with one packet changed, and the one that it was made from. */
interface Mutant {
  readonly mutation: Mutation;
  readonly packets: readonly Packet[];
  readonly original: readonly Packet[];
  /** The vantage of the host that recorded it. */
  readonly end: "client" | "server";
}

/** Of each capture and mutation so many packets, evenly spread; which ones differs from one to the next. */
const EACH = 3;

function* mutants(): Generator<Mutant> {
  let turn = 0;
  for (const name of traceNames()) {
    for (const host of ["A", "B"] as const) {
      const original = packetsOf(capturedAt(name, host));
      const end = endOf(original, host);
      for (const mutation of MUTATIONS) {
        for (let i = 0; i < EACH; i++) {
          const packets = changed(original, (turn++ * 7) % original.length, mutation);
          if (packets) yield { mutation, original, end, packets };
        }
      }
    }
  }
}

/** With one packet changed; nothing where other flags are right in another story. */
function changed(original: readonly Packet[], at: number, { field, change }: Mutation): Packet[] | undefined {
  const packet = original[at];
  const octets = packet && change(packet.octets);
  if (!packet || !octets) return undefined;
  const other = { ...packet, octets };
  const isNumber = field === "seq" || field === "ack";
  return isNumber || legalStory(original, at, other) === undefined ? original.with(at, other) : undefined;
}

/** Host B has this address; A has the other one, and the forged ones. */
const ADDRESS_OF_B = "10.77.0.2";

/** Who is seen first is the client. */
function endOf([first]: readonly Packet[], host: Host): "client" | "server" {
  const isB = first?.octets.subarray(12, 16).join(".") === ADDRESS_OF_B;
  return isB === (host === "B") ? "client" : "server";
}

type Share = Record<string, { found: number; of: number }>;

function count(shares: Map<string, Share>, mutation: Mutation, who: string, found: boolean): void {
  for (const row of [mutation.field, `  ${mutation.name}`]) {
    const share = shares.get(row) ?? {};
    const counted = share[who] ?? { found: 0, of: 0 };
    share[who] = { found: counted.found + (found ? 1 : 0), of: counted.of + 1 };
    shares.set(row, share);
  }
}

test("a changed field is found more often than by tshark", async () => {
  const shares = new Map<string, Share>();
  const all = [...mutants()];
  for (const { mutation, packets, end } of all) {
    for (const vantage of ["auto", end, "middle"] as const) {
      const { findings, lacking } = checkPackets(packets, { vantage });
      const who = vantage === end ? "end" : vantage;
      count(shares, mutation, who, findings.length > 0);
      count(shares, mutation, `${who}, lacks too`, findings.length > 0 || lacking > 0);
    }
  }
  if (HAS_TSHARK) await countExpert(shares, all);
  const fields = [...shares].filter(([row]) => !row.startsWith(" "));
  console.log(`${table(fields)}\n\n${table([...shares].filter(([row]) => row.startsWith(" ")))}`);
  for (const [, share] of fields) {
    for (const ours of ["auto", "end", "middle"]) {
      expect(part(share[ours])).toBeGreaterThan(HAS_TSHARK ? part(share["tshark: warnings"]) : 0.5);
      expect(part(share[`${ours}, lacks too`])).toBeGreaterThan(HAS_TSHARK ? part(share["tshark: notes too"]) : 0.8);
    }
  }
}, 300_000);

/** One file holds all captures, under other addresses each; what tshark says of the originals does not count. */
async function countExpert(shares: Map<string, Share>, all: readonly Mutant[]): Promise<void> {
  const originals = [...new Set(all.map(({ original }) => original))];
  const captures = [...originals, ...all.map(({ packets }) => packets)];
  const remarks = await expertOf(captures.flatMap((packets, copy) => relocated(packets, copy)));
  const each: Set<string>[][] = [];
  for (const packets of captures) {
    const own = remarks.splice(0, packets.length);
    each.push([remarksOf(own, WARNING), remarksOf(own, 0)]);
  }
  for (const [i, { mutation, original }] of all.entries()) {
    const base = each[originals.indexOf(original)];
    const mutated = each[originals.length + i];
    for (const [kind, who] of ["tshark: warnings", "tshark: notes too"].entries()) {
      const known = base?.[kind];
      count(
        shares,
        mutation,
        who,
        [...(mutated?.[kind] ?? [])].some((remark) => !known?.has(remark)),
      );
    }
  }
}

function remarksOf(packets: readonly Remark[][], least: number): Set<string> {
  return new Set(
    packets.flatMap((remarks, i) =>
      remarks.filter(({ severity }) => severity >= least).map(({ message }) => `${i} ${message}`),
    ),
  );
}

function part(share: { found: number; of: number } | undefined): number {
  return share ? share.found / share.of : 0;
}

function table(rows: readonly [string, Share][]): string {
  const heads = Object.keys(rows[0]?.[1] ?? {});
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(22) : cell.padStart(20))).join("");
  return [
    line(["found of the changed", ...heads]),
    ...rows.map(([row, share]) => line([row, ...heads.map((who) => `${(100 * part(share[who])).toFixed(1)} %`)])),
  ].join("\n");
}
