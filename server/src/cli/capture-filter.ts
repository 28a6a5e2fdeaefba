/** `--filter host:port`: the segments of a capture that are looked at. */
import { socketText } from "../flow/capture-address.ts";
import type { CapturedSegment } from "../flow/captured.ts";
import { CannotRun } from "./io.ts";

export type CaptureFilter = (segment: CapturedSegment) => boolean;

/** Reads `10.0.0.1:80`, `10.0.0.1`, `:80`, `[fd00::1]:80` or `fd00::1`; either end of a segment may be meant. */
export function readFilter(value: string): CaptureFilter {
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*|[0-9a-f:]*::?[0-9a-f:]*)(?::(\d{1,5}))?$/iu.exec(value) ?? [];
  if ((host === "" && port === undefined) || Number(port ?? 0) > 65_535)
    throw new CannotRun((texts) => texts.noFilter(value));
  const address = host.replace(/^\[|\]$/gu, "").toLowerCase();
  return (segment) => {
    const { sourcePort, destinationPort } = segment;
    const matches = (which: "source" | "destination", own: number): boolean =>
      (port === undefined || own === Number(port)) &&
      (address === "" ||
        socketText(segment, which)
          .replace(/:\d+$/u, "")
          .replace(/^\[|\]$/gu, "") === address);
    return matches("source", sourcePort) || matches("destination", destinationPort);
  };
}
