/** Reads a capture for an author who wants it as a flow. */
import { checkCapture, type Judged } from "../../flow/capture.ts";
import { socketText } from "../../flow/capture-address.ts";
import { tellCapture } from "../../flow/drawn-capture.ts";
import { collectConnections, MOST_SEGMENTS, remarkOn } from "../../flow/drawn-connections.ts";
import type { Locale } from "../../flow/locale.ts";
import { readSegmentFile } from "../../formats/segment-file.ts";
import { write } from "../../language/write.ts";
import { editorTexts } from "../texts.ts";
import type { CaptureAnswer, CaptureConnection, CaptureParams } from "./request.ts";

/** Never throws on any octets. */
export function answerCapture({ name, octets, connection }: CaptureParams, locale: Locale): CaptureAnswer {
  const texts = editorTexts(locale);
  const collection = collectConnections(typeof connection === "number" ? connection : undefined);
  const found = new Map<number, Found>();
  const onSegment = (judged: Judged): void => {
    collection.take(judged);
    count(found, judged);
  };
  const file = readSegmentFile(checkCapture({ vantage: "auto", onSegment, locale }).take, { locale });
  const problem = file.push(fromBase64(octets)) ?? file.end();
  if (problem) return { kind: "problem", message: texts.brokenCapture(problem.message, problem.offset) };
  if (collection.segments === 0) return { kind: "problem", message: texts.noTcp };
  const fits = collection.segments <= MOST_SEGMENTS;
  if (found.size > 1 && (connection === undefined || (connection === "all" && !fits)))
    return { kind: "connections", connections: [...found.values()], together: fits };
  if (!fits) return { kind: "problem", message: texts.tooLong(collection.segments, MOST_SEGMENTS) };
  const { connections } = collection;
  const remarks = connections.map((told) => remarkOn(told, name, locale));
  return { kind: "flow", text: write(tellCapture(connections, { numbers: "relative", title: name, locale }), remarks) };
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
