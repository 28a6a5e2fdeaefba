/** Text in, what was read out: the views of a flow that these tests compare. */
import type { Flow, FlowEvent, Segment, Span } from "../../server/src/flow/flow.ts";
import { parse } from "../../server/src/language/parse.ts";
import { flagNames } from "../../server/src/tcp/flags.ts";
import { type Num, noSymbols, showNumber } from "../../server/src/tcp/numbers.ts";

/** Lines behind a declaration of client and server; no finding may be left. */
export function read(...lines: string[]): Flow {
  const flow = parse(["endpoint client, server", ...lines].join("\n"));
  const [problem] = flow.problems;
  if (problem) throw new Error(`${problem.message}: ${textAt(flow, problem.span)}`);
  return flow;
}

export function textAt({ text }: Pick<Flow, "text">, { start, end }: Span): string {
  return text.slice(start, end);
}

export function show(value: Num): string {
  return showNumber(value, noSymbols()) ?? "hidden";
}

/** The first segment of one line: `SYN+ACK seq=y ack=x+1`. */
export function segmentOf(line: string): Segment {
  const [segment] = read(line).segments;
  if (segment === undefined) throw new Error(`no segment in: ${line}`);
  return segment;
}

/** Flags and numbers as read: `SYN+ACK seq=y ack=?`. */
export function headerOf({ flags, seq, ack, len, win, urg }: Segment): string {
  const number = (name: string, written: Segment["seq"]) =>
    written === undefined ? "" : ` ${name}=${written.kind === "blank" ? "?" : show(written.value)}`;
  const integer = (name: string, value: number | undefined) => (value === undefined ? "" : ` ${name}=${value}`);
  const names = flagNames(flags).join("+");
  return `${names}${number("seq", seq)}${number("ack", ack)}${number("len", len)}${integer("win", win)}${integer("urg", urg)}`;
}

/** Findings of the text as `rule @ text it stands on`. */
export function problems(text: string): string[] {
  const flow = parse(text);
  return flow.problems.map(({ rule, span }) => `${rule} @ ${textAt(flow, span)}`);
}

/** As `problems`, of lines behind a declaration of client and server. */
export function problemsOf(...lines: string[]): string[] {
  return problems(["endpoint client, server", ...lines].join("\n"));
}

/** The text with the first fix of its only finding made. */
export function fixed(text: string): string {
  const [problem, ...others] = parse(text).problems;
  if (problem === undefined || others.length > 0) throw new Error(`not one finding in: ${text}`);
  const edits = [...(problem.fixes[0]?.edits ?? [])].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce((done, { span, newText }) => done.slice(0, span.start) + newText + done.slice(span.end), text);
}

/** What happens, in milliseconds: `40 deliver 0`. */
export function timeline(...lines: string[]): string[] {
  return parse(["endpoint client, server", ...lines].join("\n")).events.map(
    (event) => `${event.at / 1000} ${event.kind}${detail(event)}`,
  );
}

function detail(event: FlowEvent): string {
  switch (event.kind) {
    case "send":
    case "lose":
      return ` ${event.segment}`;
    case "deliver":
      return ` ${event.segment}${event.again ? " again" : ""}`;
    case "open":
    case "shut":
      return event.frame.kind === "repeat" ? ` ${event.frame.round}/${event.frame.count}` : " crossing";
    default:
      return "";
  }
}

/** A flow with every statement of the language. */
export const EVERYTHING = `title "Everything"
endpoint client as "Client", server is LISTEN, attacker unchecked
let w = 1000
section "Opening"
client calls connect
client -> server:80: SYN seq=x <mss 1460, nop, wscale 7, TS val 100 ecr 0> "hello"
@expect(wrong-ack)
server -> client: SYN+ACK seq=y ack=x+2 takes 20ms
client is SYN-SENT, server is SYN-RECEIVED with snd.nxt=y+1 rcv.nxt=x+1
@+1ms client -> server: ACK seq=x+1 ack=y+1 data="Hi \\"there\\"" old
client ~> server: ACK seq=x+3 ack=y+1 as late
late arrives
repeat 3 {
  client -x server: PSH+ACK seq=x+3 len=10 win=0
  wait RTO
  client timeout retransmission
}
crossing {
  client -> server: FIN+ACK seq=u
  server -> client: FIN+ACK seq=v
}
... "much later"
attacker -> server: RST seq=5 spoofing client
note client, server: "both"
server calls send 100 towards client
server crashes
client is ?`;
