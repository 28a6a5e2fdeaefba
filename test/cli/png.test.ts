/** render to PNG: the real rasteriser, its images decoded and looked at. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";
import { scaleThatFits } from "../../server/src/cli/png.ts";
import { measure } from "../../server/src/ladder/measure.ts";
import { FONT } from "../../server/src/ladder/sizes.ts";
import { folder, RIGHT } from "./run.ts";

interface Image {
  readonly width: number;
  readonly height: number;
  /** The colour of a pixel, `#rrggbb`. */
  at(x: number, y: number): string;
}

function image(path: string): Image {
  const { width, height, data, channels } = decode(readFileSync(path));
  const at = (x: number, y: number) => {
    const from = (y * width + x) * channels;
    return `#${[...data.slice(from, from + 3)].map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  };
  return { width, height, at };
}

/** The pixels that are not of the ground, as `x,y`, in a part of an image. */
function ink(picture: Image, top: number, bottom: number, from = 0, to = picture.width): Set<string> {
  const ground = picture.at(0, 0);
  const found = new Set<string>();
  for (let y = top; y < bottom; y++)
    for (let x = from; x < to; x++) if (picture.at(x, y) !== ground) found.add(`${x - from},${y}`);
  return found;
}

/** A flow drawn as PNG, and as SVG for its size. */
async function drawn(text: string, ...options: string[]) {
  const { run, path, read } = await folder({ "a.tcpflow": text });
  expect(await run(["render", "a.tcpflow", "-o", "a.png", ...options])).toEqual({ code: 0, stdout: "", stderr: "" });
  await run(["render", "a.tcpflow", "-o", "a.svg"]);
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/u.exec(await read("a.svg")) ?? [];
  return { picture: image(join(path, "a.png")), width: Number(width), height: Number(height) };
}

describe("an image", () => {
  test("has two pixels for each of the picture, or as many as one wants", async () => {
    const { picture, width, height } = await drawn(RIGHT);
    expect([picture.width, picture.height].map(Math.round)).toEqual([Math.ceil(2 * width), Math.ceil(2 * height)]);
    const small = await drawn(RIGHT, "--scale", "0.5");
    expect(Math.abs(small.picture.width - width / 2)).toBeLessThanOrEqual(1);
  });

  test.each([
    ["auto", "#ffffff", "#1f2328"],
    ["light", "#ffffff", "#1f2328"],
    ["dark", "#0d1117", "#e6edf3"],
  ])("in the theme %s has its ground and its ink", async (theme, ground, line) => {
    const { picture } = await drawn(RIGHT, "--theme", theme);
    const colours = new Set<string>();
    for (let y = 0; y < picture.height; y++) for (let x = 0; x < picture.width; x += 3) colours.add(picture.at(x, y));
    expect(picture.at(0, 0)).toBe(ground);
    expect(colours).toContain(line);
  });

  test("has its arrows, its states and its numbers where the picture has them", async () => {
    const { picture } = await drawn(RIGHT);
    const empty = await drawn("endpoint client, server\n");
    expect(ink(picture, 0, picture.height).size).toBeGreaterThan(2 * ink(empty.picture, 0, empty.picture.height).size);
  });

  test("shows each hanzi in its own form, and a box for a letter that is in no font", async () => {
    const title = async (letter: string) => {
      const { picture } = await drawn(`title "${letter}"\nclient -> server: SYN\n`);
      return [...ink(picture, 30, 84)].join(" ");
    };
    const [hold, hand, rare, rarer] = [await title("握"), await title("手"), await title("犇"), await title("鱻")];
    expect(rare).toBe(rarer);
    expect(rare).not.toBe("");
    expect(new Set([hold, hand, rare]).size).toBe(3);
    expect(hold?.length).toBeGreaterThan(2 * (rare?.length ?? 0));
  });

  test.each(["Three-way handshake, and what it is for", "三次握手与四次挥手", "Größe, Запрос, Ωμέγα", "a → b × 10 …"])(
    "is as wide as the picture was measured for: %s",
    async (title) => {
      const { picture } = await drawn(`title "${title}"\nclient -> server: SYN\n`);
      const columns = [...ink(picture, 30, 84)].map((place) => Number.parseInt(place, 10));
      const width = (Math.max(...columns) - Math.min(...columns)) / 2;
      const reckoned = measure(title, FONT.title, "bold");
      expect(width).toBeLessThan(reckoned + 2);
      expect(width).toBeGreaterThan(reckoned * 0.85);
    },
  );

  test("has every hanzi of GB 2312", () => {
    const known = new Set(readFileSync(new URL("../../server/fonts/NotoSansSC.txt", import.meta.url), "utf8"));
    const decoder = new TextDecoder("gb18030");
    const wanted: string[] = [];
    for (let row = 0xb0; row <= 0xf7; row++)
      for (let column = 0xa1; column <= 0xfe; column++) wanted.push(decoder.decode(new Uint8Array([row, column])));
    const hanzi = wanted.filter((letter) => /^\p{Script=Han}$/u.test(letter));
    expect(hanzi.length).toBeGreaterThan(6700);
    expect(hanzi.filter((letter) => !known.has(letter))).toEqual([]);
  });

  test("is smaller than wanted where it would be too large", () => {
    expect(scaleThatFits(600, 500, 2)).toBe(2);
    expect(scaleThatFits(600, 32_000, 2)).toBe(1);
    expect(scaleThatFits(16_384, 16_384, 2)).toBe(0.5);
  });
});

test("every flow of a folder becomes an image", async () => {
  const notes = readFileSync(new URL("../../examples/course-notes.zh-CN.md", import.meta.url));
  const { run, path } = await folder({ "docs/notes.md": notes });
  const { code, stderr } = await run(["render", "docs", "-o", "out", "--format", "png", "--scale", "1"]);
  expect([code, stderr.split("\n")[0]]).toEqual([0, "9 pictures in out"]);
  const names = readdirSync(join(path, "out"));
  expect(names).toHaveLength(9);
  for (const name of names) expect(image(join(path, "out", name)).width).toBeGreaterThan(400);
});

test.each([
  [["--scale", "0"], '--scale: "0" is not a number from 0.1 to 10'],
  [["--scale", "big"], '--scale: "big" is not a number from 0.1 to 10'],
  [["--theme", "drak"], 'unknown theme "drak"; did you mean dark?'],
  [["--format", "gif"], 'unknown format "gif"'],
  [["--format", "png"], "a PNG is no text for standard output; name a file with -o"],
])("%s is refused", async (options, complaint) => {
  const { run } = await folder({ "a.tcpflow": RIGHT });
  const { code, stdout, stderr } = await run(["render", "a.tcpflow", ...options]);
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(complaint)]);
});
