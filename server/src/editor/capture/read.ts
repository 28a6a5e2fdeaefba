/** Reads a capture that came from the client, whole. */
import { type CaptureCheck, checkCapture, type Judged } from "../../flow/capture.ts";
import { socketText } from "../../flow/capture-address.ts";
import type { Locale } from "../../flow/locale.ts";
import { readSegmentFile } from "../../formats/segment-file.ts";
import { editorTexts } from "../texts.ts";
import type { CaptureConnection } from "./request.ts";

export interface ReadCapture {
  readonly check: CaptureCheck;
  /** In the order of their numbers. */
  readonly connections: readonly CaptureConnection[];
  /** Why it could not be read, or has nothing to show, in the words for a user. */
  readonly problem?: string;
}

/**
 * Never throws on any octets.
 * @param octets in base64
 */
export function readCapture(octets: string, locale: Locale, onSegment: (judged: Judged) => void): ReadCapture {
  const texts = editorTexts(locale);
  const found = new Map<number, Found>();
  const check = checkCapture({
    vantage: "auto",
    locale,
    onSegment: (judged) => {
      count(found, judged);
      onSegment(judged);
    },
  });
  const file = readSegmentFile(check.take, { locale });
  const broken = file.push(fromBase64(octets)) ?? file.end();
  const connections = [...found.values()];
  if (broken) return { check, connections, problem: texts.brokenCapture(broken.message, broken.offset) };
  return found.size === 0 ? { check, connections, problem: texts.noTcp } : { check, connections };
}

type Found = CaptureConnection & { segments: number };

function count(found: Map<number, Found>, { connection: number, from, segment }: Judged): void {
  const known = found.get(number);
  if (known !== undefined) {
    known.segments++;
    return;
  }
  const [sender, receiver] = [socketText(segment, "source"), socketText(segment, "destination")];
  found.set(number, { number, sockets: from === 0 ? [sender, receiver] : [receiver, sender], segments: 1 });
}

/** What is no base64 is no capture either. */
function fromBase64(text: string): Uint8Array {
  try {
    const characters = atob(text);
    const octets = new Uint8Array(characters.length);
    for (let i = 0; i < octets.length; i++) octets[i] = characters.charCodeAt(i);
    return octets;
  } catch {
    return new Uint8Array(0);
  }
}
