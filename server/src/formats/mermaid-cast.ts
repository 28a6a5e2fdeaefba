/** The participants of a diagram as endpoints of a flow. */
import type { Endpoint } from "../flow/flow.ts";
import type { Diagram } from "./mermaid-scripts.ts";

export interface Cast {
  readonly endpoints: readonly Endpoint[];
  /** By participant, as it is shown. */
  readonly labels: readonly string[];
  /** Those that speak TCP. */
  readonly speaking: readonly number[];
}

/** What a flow reads as one name. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:-\p{L}[\p{L}\p{N}_]*)*$/u;
const FLAGS = /^(?:SYN|ACK|FIN|RST|PSH|URG|ECE|CWR)/u;

/** Every participant under a name that can be written; how it is shown stays. */
export function castFor({ participants, engaged }: Diagram): Cast {
  const taken = new Set<string>();
  const endpoints = participants.map(({ name, label, span }): Endpoint => {
    const id = unique([label, name].find(isName) ?? nameFrom(name), taken);
    taken.add(id);
    return id === label ? { name: id, unchecked: false, span } : { name: id, label, unchecked: false, span };
  });
  const speaking = new Set([...engaged].flatMap((pair) => pair.split(" ").map(Number)));
  return { endpoints, labels: participants.map(({ label }) => label), speaking: [...speaking].sort((a, b) => a - b) };
}

function isName(text: string): boolean {
  return NAME.test(text) && !FLAGS.test(text) && text.length <= 20;
}

function nameFrom(text: string): string {
  const name = text.replaceAll(/[^\p{L}\p{N}_]+/gu, "_").replace(/^[\d_]+|_+$/gu, "");
  return isName(name) ? name : `host_${name.slice(0, 12)}`.replace(/_$/u, "");
}

function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}
