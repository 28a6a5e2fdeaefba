/** What tshark's expert information says of captures. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Packet, writePcap } from "./captures.ts";

const TSHARK = "/usr/bin/tshark";

export const HAS_TSHARK = existsSync(TSHARK);

/** tshark's severities from notes on; chats tell of every SYN and FIN. */
const NOTE = 0x40_0000;
export const WARNING = 0x60_0000;

/** One remark. */
export interface Remark {
  readonly severity: number;
  readonly message: string;
}

/** The remarks on each packet. */
export async function expertOf(packets: readonly Packet[]): Promise<Remark[][]> {
  const folder = await mkdtemp(join(tmpdir(), "tcpflow-expert-"));
  try {
    const file = join(folder, "capture.pcap");
    await writeFile(file, writePcap(packets));
    const fields = ["-e", "_ws.expert.severity", "-e", "_ws.expert.message"];
    const args = ["-r", file, "-T", "fields", "-E", "aggregator=|", ...fields];
    const { stdout } = await promisify(execFile)(TSHARK, args, { maxBuffer: 2 ** 30 });
    return stdout.split("\n").slice(0, packets.length).map(readRemarks);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function readRemarks(line: string): Remark[] {
  const [severities = "", messages = ""] = line.split("\t");
  const texts = messages.split("|");
  return severities
    .split("|")
    .map((severity, i) => ({ severity: Number(severity), message: texts[i] ?? "" }))
    .filter(({ severity }) => severity >= NOTE);
}
