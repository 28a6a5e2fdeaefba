/** A capture for an author who wants it as a flow. */
import { tellCapture } from "../../flow/drawn-capture.ts";
import { collectConnections, MOST_SEGMENTS, remarkOn } from "../../flow/drawn-connections.ts";
import type { Locale } from "../../flow/locale.ts";
import { write } from "../../language/write.ts";
import { editorTexts } from "../texts.ts";
import { readCapture } from "./read.ts";
import type { CaptureAnswer, CaptureParams } from "./request.ts";

/** Never throws on any octets. */
export function answerCapture({ name, octets, connection }: CaptureParams, locale: Locale): CaptureAnswer {
  const collection = collectConnections(typeof connection === "number" ? connection : undefined);
  const { connections, problem } = readCapture(octets, locale, collection.take);
  if (problem !== undefined) return { kind: "problem", message: problem };
  const { segments, connections: told } = collection;
  if (segments === 0) return { kind: "problem", message: editorTexts(locale).noTcp };
  const fits = segments <= MOST_SEGMENTS;
  if (connections.length > 1 && (connection === undefined || (connection === "all" && !fits)))
    return { kind: "connections", connections, together: fits };
  if (!fits) return { kind: "problem", message: editorTexts(locale).tooLong(segments, MOST_SEGMENTS) };
  const remarks = told.map((one) => remarkOn(one, name, locale));
  return { kind: "flow", text: write(tellCapture(told, { numbers: "relative", title: name, locale }), remarks) };
}
