/** Words behind the colon of a segment that belong nowhere: what they were most likely meant to be. */
import type { Segment, Span } from "../flow/flow.ts";
import { ACK, FLAG_BITS, FLAG_NAMES, type FlagName, PSH } from "../tcp/flags.ts";
import type { Stray } from "./generated/ast.ts";
import { nearest } from "./nearest.ts";
import { EXAMPLES } from "./options.ts";
import { complain, didYouMean, type Reading, replace, spanOf } from "./reading.ts";
import { FIELDS, known, type OptionName, optionOf } from "./words.ts";

/** What diagrams write in the place of flags where data is sent. */
const PAYLOADS = new Set(["data", "payload", "http", "https", "tls", "get", "post", "request", "response", "reply"]);

/** The flags of a segment that is being read, and whether it has fields yet. */
interface SoFar {
  readonly segment: { flags: Segment["flags"] };
  readonly hasFields: boolean;
}

/** A flag, a field or an option misspelt, `seq` without its `=`, a sign with nothing behind it. */
export function readStray(reading: Reading, { segment, hasFields }: SoFar, node: Stray): void {
  const { word } = node;
  const span = spanOf(node);
  const flag = known(word, FLAG_NAMES);
  const field = known(word, FIELDS);
  if (field && flag === undefined && (field !== "data" || segment.flags !== 0)) {
    return complain(reading, "syntax", span, reading.texts.needsValue(field));
  }
  const meant = flag ? [flag] : flagsIn(word);
  if (meant.some((name) => (segment.flags & FLAG_BITS[name]) === 0)) {
    for (const name of meant) segment.flags |= FLAG_BITS[name];
    return didYouMean(reading, word, span, meant.join("+"), "flag");
  }
  const option = optionOf(word);
  if (option !== undefined) {
    return missingBrackets(reading, option, span, ["sackOK", "nop", "eol"].includes(option) ? option : undefined);
  }
  if (PAYLOADS.has(word.toLowerCase()) && segment.flags === 0) {
    segment.flags = PSH | ACK;
    return complain(reading, "syntax", span, reading.texts.dataIsNoFlag(word), {
      fixes: [replace(reading, span, "PSH+ACK")],
    });
  }
  if (word === "+" || word === "-") {
    const { numberBeside, flagBeside } = reading.texts;
    return complain(reading, "syntax", span, hasFields ? numberBeside(word) : flagBeside(word));
  }
  const { needsFlagsInstead, hasParts } = reading.texts;
  complain(reading, "syntax", span, segment.flags === 0 ? needsFlagsInstead(word) : hasParts(word));
}

/** The flags that a word is made of (`SYNACK`), or the one it is near. */
function flagsIn(word: string): readonly FlagName[] {
  const pieces = word.toUpperCase().match(/.{1,3}/gu) ?? [];
  const names = pieces.flatMap((piece) => FLAG_NAMES.filter((name) => name === piece));
  if (names.length > 1 && names.length === pieces.length) return names;
  const near = nearest(word, FLAG_NAMES);
  return near === undefined ? [] : [near];
}

/** An option that stands outside `<` and `>`; the fix writes it if it is known how. */
export function missingBrackets(reading: Reading, option: OptionName, span: Span, written: string | undefined): void {
  complain(reading, "syntax", span, reading.texts.brackets(written ?? EXAMPLES[option]), {
    fixes: written === undefined ? [] : [replace(reading, span, `<${written}>`)],
  });
}
