/** packetdrill scripts: told as flows, and flows as scripts that test one end. */
import { lineTable, positionAt } from "../flow/lines.ts";
import type { Replay } from "../flow/replay-types.ts";
import { wholeFile } from "../formats/markdown.ts";
import { packetdrillFlow } from "../formats/packetdrill-flow.ts";
import { writePacketdrill } from "../formats/packetdrill-writer.ts";
import { formatTexts } from "../formats/texts.ts";
import { write } from "../language/write.ts";
import { ACK, SYN } from "../tcp/flags.ts";
import type { Source } from "./inputs.ts";
import { CannotRun, type Io } from "./io.ts";
import { place } from "./pretty.ts";

/** The flow of a script, as a text; what it does not have is said, a line each. */
export function tellScript(source: Source, io: Io): Source {
  const { flow, untold } = packetdrillFlow(source.text, 1, io.locale);
  const texts = formatTexts(io.locale);
  const lines = lineTable(source.text);
  for (const { span, what, why } of untold) {
    const words = what === "unreadable" ? texts.unreadable(why) : texts.untold[what];
    io.stderr(`${place(source.path, positionAt(lines, span.start))}: ${words}\n`);
  }
  const text = write(flow);
  return { ...source, kind: "flow", text, flows: [wholeFile(text)] };
}

/** The script that tests an end: `client`, `server`, or one by its name (`B`, `client:40001`). */
export function scriptFor(replay: Replay, wanted: string, { locale }: Io): string {
  const end = endOf(replay, wanted);
  const name = replay.ends[end]?.key;
  if (name === undefined) {
    const known = ["client", "server", ...replay.ends.map(({ key }) => key)];
    throw new CannotRun((texts) => texts.noEnd(wanted, [...new Set(known)]));
  }
  const script = writePacketdrill(replay, end);
  if ("text" in script) return script.text;
  throw new CannotRun(() => formatTexts(locale).scriptProblem(name, script.problem));
}

/** By its name, or else by its part: who opens the first connection is the client. -1 where there is none. */
function endOf({ flow, ends, readings }: Replay, wanted: string): number {
  const named = ends.findIndex(({ key, self }) => key === wanted || flow.endpoints[self.endpoint]?.name === wanted);
  if (named >= 0 || (wanted !== "client" && wanted !== "server")) return named;
  const opening = flow.segments.findIndex(({ flags }) => (flags & (SYN | ACK)) === SYN);
  const reading = readings[Math.max(0, opening)];
  return (wanted === "client" ? reading?.sender : reading?.receiver) ?? -1;
}
