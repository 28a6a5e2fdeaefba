/** What is wrong in a capture: verdicts of the rules in the words of packets. */
import { flagNames } from "../tcp/flags.ts";
import type { Verdict } from "../tcp/judgement.ts";
import { showNumber } from "../tcp/numbers.ts";
import type { Header } from "../tcp/segment.ts";
import type { EndNumber } from "./capture-connection.ts";
import { NO_SYMBOLS, numberOf } from "./capture-ends.ts";
import type { RuleId, Severity } from "./findings.ts";
import type { Locale } from "./locale.ts";
import { messageOf, type Words } from "./messages.ts";
import { RULES } from "./rules.ts";
import { textsOf } from "./texts.ts";

/** Something wrong at one packet. */
export interface CaptureFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** One line, plain text; packets count from 1 in it, as in other tools. */
  readonly message: string;
  readonly rfc?: string;
  /** Number of the packet in the capture, from 0. */
  readonly packet: number;
  /** Number of its connection, from 0. */
  readonly connection: number;
  /** `10.0.0.1:40000 - 10.0.0.2:80`: the client of the connection, as far as the capture tells, and the server. */
  readonly sockets: string;
}

/** A rule that a segment breaks, whatever the schedule. */
export function findingOf(
  verdict: Verdict,
  header: Header,
  { connection, sockets }: Pick<CaptureFinding, "connection" | "sockets">,
  sender: EndNumber,
  locale: Locale,
): CaptureFinding {
  const texts = textsOf(locale);
  const [client, server] = [texts.theClient, texts.theServer];
  const severity: Severity = verdict.rule === "wrong-reset" ? "warning" : RULES[verdict.rule].severity;
  const field = verdict.place === "ack" ? "ack" : "seq";
  const written = field === "ack" ? header.ack : header.seq;
  const expected = verdict.expected && showNumber(verdict.expected, NO_SYMBOLS);
  const words: Words = {
    sender: sender === 0 ? client : server,
    receiver: sender === 0 ? server : client,
    field,
    ...(expected === undefined ? {} : { expected }),
    ...(written === undefined ? {} : { written: String(numberOf(written)) }),
    ...(verdict.flags === undefined ? {} : { flags: flagNames(verdict.flags).join("+") }),
    ...(verdict.state === undefined ? {} : { state: verdict.state }),
    ...(verdict.cause === undefined || verdict.cause < 0
      ? {}
      : { cause: texts.packet(verdict.cause + 1), place: texts.packet(verdict.cause + 1) }),
  };
  return {
    rule: verdict.rule,
    severity,
    message: messageOf(verdict, words, locale),
    rfc: verdict.rfc,
    packet: header.index,
    connection,
    sockets,
  };
}
