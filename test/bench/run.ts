/** `npm run bench`: prints times and, where there is a goal, how far from it. Asserts nothing. */
import { build } from "../../scripts/build.ts";
import { replay } from "../../server/src/flow/replay.ts";
import { renderSvg } from "../../server/src/ladder/svg.ts";
import { createTcpflowServices } from "../../server/src/language/module.ts";
import { parse } from "../../server/src/language/parse.ts";
import { printBuilds } from "./builds.ts";
import { measureCaptures } from "./captures.ts";
import { printEditing } from "./editing-report.ts";
import { exchange } from "./exchange.ts";
import { medians, ms, printTable } from "./measure.ts";
import { measureMermaid } from "./mermaid.ts";
import { measureProcesses } from "./processes.ts";

await build({ release: true });
const exchanges = [12, 100, 1000, 10_000].map(exchange);
for (const { tcpflow, segments } of exchanges) {
  const { findings } = replay(parse(tcpflow));
  if (findings.length > 0)
    console.log(`(${segments} segments have ${findings.length} findings: ${findings[0]?.message})`);
}

const { LangiumParser } = createTcpflowServices().tcpflow.parser;
const ours = exchanges.map(({ segments, tcpflow }) => {
  const replayed = replay(parse(tcpflow));
  const [langium = Number.NaN, check = Number.NaN, svg = Number.NaN] = medians([
    () => LangiumParser.parse(tcpflow),
    () => replay(parse(tcpflow)),
    () => renderSvg(replayed),
  ]);
  return { segments, langium, check, svg };
});
const mermaid = await measureMermaid(exchanges);

console.log(
  "One exchange, medians in ms; Mermaid has it as a sequence diagram in Chromium (– is more than 2 minutes)\n",
);
printTable([
  ["segments", "parse + replay", "Langium's parser alone", "Mermaid's parser", "SVG", "Mermaid's SVG", "µs a segment"],
  ...ours.map(({ segments, langium, check, svg }, i) => [
    String(segments),
    ms(check),
    ms(langium),
    ms(mermaid[i]?.parse),
    ms(svg),
    ms(mermaid[i]?.render),
    (((check + svg) / segments) * 1000).toFixed(0),
  ]),
]);

const [, hundred, thousand, most] = ours;
const theirs = mermaid[2];
const multiple = (ratio: number) => `${ratio.toFixed(ratio < 10 ? 2 : 0)} ×`;
const goals: string[][] = [["at 1 000 segments", "measured", "goal"]];
if (thousand && theirs?.parse && theirs.render) {
  goals.push(
    ["check, against Mermaid's parser", multiple(theirs.parse / thousand.check), "≥ 10 ×"],
    ["SVG, against Mermaid's renderer", multiple(theirs.render / thousand.svg), "≥ 15 ×"],
  );
}
if (hundred && thousand && most) {
  const perSegment = ({ check, svg, segments }: typeof most) => (check + svg) / segments;
  goals.push(
    ["check, against Langium's parser alone", multiple(thousand.langium / thousand.check), "≥ 0.75 ×"],
    ["time a segment, 10 000 against 100", multiple(perSegment(most) / perSegment(hundred)), "about 1 ×"],
  );
}
printTable(goals);

await printEditing();

printTable([["whole process", "ms"], ...measureProcesses().map(({ name, time }) => [name, ms(time)])]);

await printBuilds();

for (const [kind, title] of [
  ["clean", "a capture of a million packets"],
  ["lossy", "the same, one of a hundred lost"],
] as const) {
  const captures = await measureCaptures(kind);
  const [own, tshark] = captures;
  printTable([
    [title, "packets a second", "peak memory, MiB"],
    ...captures.map(({ name, perSecond, memory }) => [name, perSecond.toFixed(0), memory.toFixed(0)]),
    ...(own && tshark
      ? [
          ["against tshark", multiple(own.perSecond / tshark.perSecond), ""],
          ["goal", "≥ 5 ×", "≤ 265"],
        ]
      : []),
  ]);
}
