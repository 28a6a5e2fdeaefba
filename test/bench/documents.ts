/** A flow and a JSON document of as many lines, and where in them one edits and asks. */
import { exchange } from "./exchange.ts";
import type { Toggle } from "./language-server.ts";

export interface Subject {
  readonly text: string;
  /** Makes a mistake, or mends it. */
  readonly edit: Toggle;
  /** Begins a line or a value; one asks for completion behind it. */
  readonly begun: Toggle;
  readonly completion: { readonly line: number; readonly character: number };
  /** A word that there is something to say about. */
  readonly hover: { readonly line: number; readonly character: number };
}

/** An exchange of so many segments; in its middle a number changes, and a new line begins. */
export function flowOf(lines: number): Subject {
  const text = exchange(lines).tcpflow;
  const line = lines >> 1;
  const length = text.split("\n")[line]?.length ?? 0;
  return {
    text,
    edit: { at: { line, character: length }, inserted: "0" },
    begun: { at: { line, character: length }, inserted: "\n" },
    completion: { line: line + 1, character: 0 },
    hover: { line, character: "client -".length },
  };
}

/** A list of objects, one a line, that its schema knows. */
export function jsonOf(lines: number): Subject {
  const row = '  { "from": "client", "to": "server", "flags": "PSH+ACK", "seq": 1001, "ack": 1 }';
  const text = `[\n${Array.from({ length: lines - 2 }, () => row).join(",\n")}\n]\n`;
  const line = lines >> 1;
  const at = row.indexOf("1 }");
  return {
    text,
    edit: { at: { line, character: at }, inserted: '"x' },
    begun: { at: { line, character: at + 1 }, inserted: ', ""' },
    completion: { line, character: at + 4 },
    hover: { line, character: row.indexOf("flags") + 1 },
  };
}

const number = (description: string) => ({ type: "integer", description });

/** The settings with which the JSON server knows what the lists hold. */
export const JSON_SETTINGS = {
  json: {
    validate: { enable: true },
    schemas: [
      {
        fileMatch: ["*.json"],
        url: "tcpflow://bench/schema.json",
        schema: {
          type: "array",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["from", "to", "flags"],
            properties: {
              from: { type: "string", description: "Who sends the segment." },
              to: { type: "string", description: "Who receives it." },
              flags: { enum: ["SYN", "SYN+ACK", "ACK", "PSH+ACK", "FIN+ACK", "RST"], description: "Its flags." },
              seq: number("The number of its first octet."),
              ack: number("The next number that its sender expects."),
              len: number("Octets of data."),
              win: number("The window."),
              label: { type: "string", description: "What stands below the arrow." },
            },
          },
        },
      },
    ],
  },
};
