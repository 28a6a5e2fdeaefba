/** What the real tshark prints of what real kernels sent tells the same as the capture itself. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { folder } from "../cli/run.ts";
import { capturedAt } from "../support/traces.ts";

const run = promisify(execFile);

test.each(["client_closes", "data_lost_sack", "reordered", "refused", "simultaneous_open", "abort"])(
  "%s",
  async (name) => {
    const files = await folder({ "a.pcap": capturedAt(name, "A") });
    const { stdout: lines } = await run("/usr/bin/tshark", ["-n", "-r", join(files.path, "a.pcap")]);
    const printed = await folder({ "a.txt": lines });
    const options = ["-o", "-", "--to", "tcpflow", "--vantage", "client"];
    const { stdout: expected } = await files.run(["convert", "a.pcap", ...options]);
    const { code, stdout } = await printed.run(["convert", "a.txt", ...options]);
    expect(code).toBe(0);
    expect(stdout.replaceAll("a.txt", "a.pcap")).toBe(expected);
  },
);
