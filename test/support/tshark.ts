/** tshark, the second opinion on captures. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const TSHARK = "/usr/bin/tshark";

/** What tshark says of one packet. */
export interface TsharkPacket {
  /** Its notes on the sequence of segments, in the words of `SegmentClass`. */
  readonly classes: readonly string[];
  /** Good checksums, and nothing malformed. */
  readonly sound: boolean;
}

/** The fields of tshark's analysis and our names for them. */
const ANALYSIS: Readonly<Record<string, string>> = {
  retransmission: "retransmission",
  fast_retransmission: "fast retransmission",
  spurious_retransmission: "spurious retransmission",
  duplicate_ack: "duplicate ACK",
  out_of_order: "out of order",
  keep_alive: "keep-alive",
  keep_alive_ack: "keep-alive ACK",
  zero_window: "zero window",
  zero_window_probe: "zero window probe",
  zero_window_probe_ack: "zero window probe ACK",
  window_full: "window full",
  window_update: "window update",
  reused_ports: "port numbers reused",
  lost_segment: "previous segment not captured",
  ack_lost_segment: "acked unseen segment",
};

const GOOD = "1";

/** Reads a capture. */
export async function tshark(capture: Uint8Array): Promise<TsharkPacket[]> {
  if (!existsSync(TSHARK)) throw new Error(`these tests need ${TSHARK}: apt-get install tshark`);
  const names = Object.keys(ANALYSIS).map((name) => `tcp.analysis.${name}`);
  const fields = ["ip.checksum.status", "tcp.checksum.status", "_ws.malformed", ...names];
  const folder = await mkdtemp(join(tmpdir(), "tshark-"));
  const file = join(folder, "flow.pcap");
  await writeFile(file, capture);
  const args = ["-r", file, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-T", "fields"];
  const { stdout } = await promisify(execFile)(TSHARK, [...args, ...fields.flatMap((field) => ["-e", field])]);
  await rm(folder, { recursive: true });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [ip, tcp, malformed, ...found] = line.split("\t");
      const classes = Object.values(ANALYSIS).filter((_, i) => (found[i] ?? "") !== "");
      return { classes: narrowed(classes), sound: ip === GOOD && tcp === GOOD && malformed === "" };
    });
}

/** A fast or spurious retransmission is a retransmission too, and says so twice. */
function narrowed(classes: readonly string[]): string[] {
  const special = classes.some((name) => name.endsWith(" retransmission"));
  return classes.filter((name) => name !== "retransmission" || !special);
}
