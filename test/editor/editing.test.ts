/** Text as it is while somebody types: half a line, nonsense, many edits one after the other. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource, type Diagnostic } from "vscode-languageserver-protocol/node";
import { examples } from "../support/examples.ts";
import { type Client, type OpenFlow, startServer } from "./client.ts";
import { askEverything } from "./every-request.ts";
import { alone, fenced, PLACES } from "./fences.ts";

let client: Client;
let fresh: Client;
beforeAll(async () => {
  [client, fresh] = await Promise.all([startServer(), startServer()]);
});
afterAll(async () => {
  await Promise.all([client.stop(), fresh.stop()]);
});

const BEFORE = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x+1
client -> server: ACK seq=x+1 ack=y+1
`;
const AFTER = `client is ESTABLISHED, server is ESTABLISHED
client calls close
`;

describe("a half-typed line", () => {
  for (const line of ["c", "client", "client -", "client -> ser", "client -> server", "client -> server:", 'title "']) {
    test(`“${line}” is a problem of its own line alone`, async () => {
      const flow = await client.open(`${BEFORE}${line}\n${AFTER}`);
      const errors = (await flow.diagnostics()).filter(({ severity }) => severity === 1);
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.map(({ range }) => range.start.line)).toEqual(errors.map(() => 3));
    });
  }

  test("leaves the segments of the other lines in the picture", async () => {
    const flow = await client.open(`${BEFORE}client -> ser\n${AFTER}`);
    const picture = await flow.picture();
    expect(picture?.brokenLines).toEqual([3]);
    expect(picture?.svg.match(/data-segment=/g)).toHaveLength(3);
  });
});

const flows = examples()
  .slice(0, 3)
  .map(({ text }) => text);

/** Three flows in one, and one beside the other in Markdown. */
const START = {
  tcpflow: flows.join("\n"),
  markdown: flows.map((flow, i) => fenced(flow, PLACES[i * 2 + 1] ?? alone)).join("\n"),
};

/** Where in the text (a share of its length), how much goes, what comes, and where one then asks. */
const anEdit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  inserted: fc.oneof(
    fc.constant(""),
    fc.constantFrom(
      "\n",
      " ",
      "x",
      "+1",
      "ack=",
      "SYN",
      "->",
      "-x",
      "{",
      "}",
      '"',
      "@expect(",
      "//",
      "/*",
      "repeat 9 {",
      "```",
      "> ",
    ),
    fc.string({ maxLength: 8, unit: "binary" }),
  ),
  asked: fc.double({ min: 0, max: 1, noNaN: true }),
});

type Edit = typeof anEdit extends fc.Arbitrary<infer One> ? One : never;

async function apply(flow: OpenFlow, { at, removed, inserted }: Edit): Promise<void> {
  const text = flow.text();
  const from = Math.floor(at * text.length);
  await flow.edit([{ range: rangeBetween(text, from, Math.min(text.length, from + removed)), newText: inserted }]);
}

/** @param share where in the text one asks */
function askedAt({ uri, text }: OpenFlow, share: number) {
  const range = rangeBetween(text(), Math.floor(share * text().length), text().length);
  return { uri, range, position: range.start };
}

/** Another one each time; a failure is run again with `SEED=… npx vitest`. */
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

describe(`random edits, seed ${SEED}`, () => {
  const edits = (count: number) =>
    fc.sample(fc.array(anEdit, { minLength: count, maxLength: count }), { seed: SEED, numRuns: 1 }).flat();

  for (const language of ["tcpflow", "markdown"] as const) {
    test(`after each of 200 of ${language} the problems are those of the text opened anew, and every request is answered`, async () => {
      const flow = await client.open(START[language], language);
      for (const one of edits(200)) {
        await apply(flow, one);
        await expectAsAnew(flow, language);
        expect(await askEverything(client, askedAt(flow, one.asked))).toBeGreaterThan(15);
      }
      await flow.close();
      expect(client.printed()).toBe("");
    }, 120_000);

    test(`edits and requests of ${language} that nobody waits for, some of them cancelled, do no harm`, async () => {
      const flow = await client.open(START[language], language);
      const answers: Promise<number>[] = [];
      for (const [index, one] of edits(100).entries()) {
        const source = new CancellationTokenSource();
        answers.push(askEverything(client, askedAt(flow, one.asked), source.token));
        if (index % 2 === 0) source.cancel();
        await apply(flow, one);
        if (index % 3 === 0) source.cancel();
      }
      expect((await Promise.all(answers)).every((count) => count > 15)).toBe(true);
      await expectAsAnew(flow, language);
      await flow.close();
      expect(client.printed()).toBe("");
    }, 120_000);
  }
});

async function expectAsAnew(flow: OpenFlow, language: "tcpflow" | "markdown"): Promise<void> {
  const again = await fresh.open(flow.text(), language);
  expect(withoutUri(await flow.diagnostics()), flow.text()).toEqual(withoutUri(await again.diagnostics()));
  await again.close();
}

function rangeBetween(text: string, start: number, end: number) {
  const at = (offset: number) => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  return { start: at(start), end: at(end) };
}

function withoutUri(diagnostics: readonly Diagnostic[]): unknown {
  return diagnostics.map((diagnostic) => ({
    ...diagnostic,
    relatedInformation: diagnostic.relatedInformation?.map(({ location, message }) => ({ ...location.range, message })),
  }));
}
