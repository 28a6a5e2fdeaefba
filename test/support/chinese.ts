/** What a text in Chinese may hold of Latin letters: the terms of the field and the words of the language, no English. */
import { RULE_IDS } from "../../server/src/flow/rules.ts";
import { FIELDS, OPENERS, OPTIONS, SETTINGS, TIMERS, VARIABLES, VERBS } from "../../server/src/language/words.ts";
import { FLAG_NAMES } from "../../server/src/tcp/flags.ts";
import { STATES } from "../../server/src/tcp/states.ts";

const TERMS: ReadonlySet<string> = new Set(
  [
    ...FLAG_NAMES,
    ...STATES.flatMap((state) => [state, ...state.split("-")]),
    ...FIELDS,
    ...OPTIONS,
    ...SETTINGS,
    ...OPENERS,
    ...VERBS,
    ...TIMERS,
    ...RULE_IDS,
    ...VARIABLES.flatMap((name) => name.split(".")),
    // What field terms are made of, and their names in RFCs.
    ..."TCP TCPs IP IPv4 IPv6 RFC MSL RTO RTT MSS SACK DSACK TSval TSecr ISN UTF cookie Fast Open val ecr wnd wscale".split(
      " ",
    ),
    ..."connect listen send receive close shutdown abort crossing expect allow".split(" "),
    // Units.
    ..."us ms s min h".split(" "),
    // Names of things.
    ..."TCPFlow Wireshark mdBook PNG HTML npm Esc packetdrill shell Python tcpdump tshark Mermaid Markdown MDX LSP tcpflow tcpflowc pcap pcapng JSON json host port MiB".split(
      " ",
    ),
    // Of the flows that are tested.
    ..."client server attacker lost late probe again as cleint".split(" "),
  ].map((word) => word.toLowerCase()),
);

/** What is code, quoted, an option of a command line or a name of a rule is as it is in every language. */
const AS_IT_IS = /```[\s\S]*?```|`[^`]*`|"[^"]*"|“[^”]*”|--?[a-z][a-z-]*|\b[a-z]+(?:-[a-z]+)+\b|\.[a-z]+\b|@[a-z]+/gu;

/** The words of a text that are neither Chinese nor terms. */
export function foreignWords(text: string): string[] {
  const words = text.replace(AS_IT_IS, " ").match(/[A-Za-z][A-Za-z']*/gu) ?? [];
  // A single letter is a symbol of the flow, as `u` in `u+1`.
  return words.filter((word) => word.length > 1 && !TERMS.has(word.toLowerCase()));
}

/** Whether a text has something in Chinese. */
export function hasChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}
