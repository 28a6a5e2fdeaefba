/** render to HTML: the page of the built program in Chromium. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const PROGRAM = fileURLToPath(new URL("../../dist/tcpflowc.mjs", import.meta.url));
const SCREENSHOTS = fileURLToPath(new URL("../../out/screenshots", import.meta.url));

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
});
afterAll(() => browser.close());

/** What a page asks for, logs or complains of beside itself. */
let said: string[] = [];
afterEach(() => {
  expect(said).toEqual([]);
  said = [];
});

/** The page that the program makes of a flow. */
async function open(flow: string, options: readonly string[] = [], scheme: "light" | "dark" = "light"): Promise<Page> {
  const folder = mkdtempSync(join(tmpdir(), "tcpflow-page-"));
  writeFileSync(join(folder, "a.tcpflow"), flow);
  execFileSync(process.execPath, [PROGRAM, "render", "a.tcpflow", "-o", "a.html", ...options], { cwd: folder });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return listenedPage(join(folder, "a.html"), scheme);
}

/** A file in the browser, with all that it says being kept. */
async function listenedPage(path: string, scheme: "light" | "dark" = "light"): Promise<Page> {
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1100, height: 700 } });
  onTestFinished(() => page.close());
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("dialog", (dialog) => said.push(dialog.message()));
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) said.push(request.url());
  });
  await page.goto(`file://${path}`);
  return page;
}

const EXERCISE = `title "Exercise"
client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=?
client -> server: ACK seq=? ack=y+1
server is ?
client -> server: PSH+ACK seq=x+1 ack=y+1 len=100
server -> client: ACK seq=y+1 ack=?
`;

const box = (page: Page, name: string | RegExp): Locator => page.getByRole("textbox", { name });
const score = (page: Page) => page.locator("#score").innerText();
const verdict = (page: Page) => page.locator("#verdict").innerText();

describe("a page", () => {
  const FLOW = EXERCISE.replaceAll(/[a-z]+=\?|server is \?\n/gu, "");

  test("is stepped through by keys, with what both ends know beside the picture", async () => {
    const page = await open(FLOW);
    expect(await page.locator("#exercise").count()).toBe(0);
    await page.keyboard.press("Home");
    expect(await page.locator(".segment.future").count()).toBe(5);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.locator("#blocks .state").allInnerTexts()).toEqual(["SYN-SENT", "SYN-RECEIVED"]);
    expect(await page.title()).toBe("Exercise");
  });

  test("has the colours that it is told to, or those of the reader's system", async () => {
    const ground = async (options: string[], scheme: "light" | "dark") => {
      const page = await open(FLOW, options, scheme);
      const body = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const title = await page.locator("svg.tcpflow text.title").evaluate((text) => getComputedStyle(text).fill);
      return [body, title];
    };
    const [light, dark] = [
      ["rgb(255, 255, 255)", "rgb(31, 35, 40)"],
      ["rgb(13, 17, 23)", "rgb(230, 237, 243)"],
    ];
    expect(await ground([], "light")).toEqual(light);
    expect(await ground([], "dark")).toEqual(dark);
    expect(await ground(["--theme", "light"], "dark")).toEqual(light);
    expect(await ground(["--theme", "dark"], "light")).toEqual(dark);
  });

  test("tells those who do not see it what happens, step by step", async () => {
    const page = await open(FLOW, ["--locale", "zh-cn"]);
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
    expect(await page.getByRole("list", { name: "用文字描述的交互" }).innerText()).toContain(
      "client 向 server 发送 SYN",
    );
    expect(await page.getByRole("button", { name: "前进一步" }).count()).toBe(1);
  });
});

test("every flow of a folder becomes a page, also those in Markdown", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tcpflow-page-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "a.tcpflow"), "");
  writeFileSync(join(folder, "notes.md"), `\`\`\`tcpflow\n${EXERCISE}\`\`\`\n\n\`\`\`tcpflow\n${EXERCISE}\`\`\`\n`);
  execFileSync(process.execPath, [PROGRAM, "render", ".", "-o", "out", "--format", "html"], { cwd: folder });
  expect(readdirSync(join(folder, "out")).sort()).toEqual(["a.html", "notes-1.html", "notes-2.html"]);
  const page = await listenedPage(join(folder, "out/a.html"));
  // Nobody sends anything there: the page is empty, and nothing fails.
  expect(await page.locator(".segment").count()).toBe(0);
  await page.goto(`file://${join(folder, "out/notes-2.html")}`);
  expect(await score(page)).toBe("0 of 4 right");
});

describe("blanks", () => {
  test("are boxes that say right or wrong, one after the other by the keyboard", async () => {
    const page = await open(EXERCISE);
    expect(await score(page)).toBe("0 of 4 right");
    await box(page, "ack of: server sends SYN ACK seq=y ack=? to client").focus();
    await page.keyboard.type("x");
    await page.keyboard.press("Enter");
    expect([await verdict(page), await score(page)]).toEqual(["Not x", "0 of 4 right"]);
    expect(await box(page, /^ack of: server sends SYN ACK/u).getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.type("+1");
    await page.keyboard.press("Enter");
    expect([await verdict(page), await score(page)]).toEqual(["Right: x+1", "1 of 4 right"]);
    // Enter went on to the next one, from top to bottom.
    await page.keyboard.type("1 + x");
    await page.keyboard.press("Tab");
    expect(await verdict(page)).toBe("Right: 1 + x");
    await page.keyboard.type("nowhere");
    await page.keyboard.press("Enter");
    expect(await verdict(page)).toBe("nowhere is no state of TCP");
    await page.screenshot({ path: join(SCREENSHOTS, "exercise-light.png") });
    await page.keyboard.press("Control+A");
    await page.keyboard.type("established");
    await page.keyboard.press("Enter");
    await page.keyboard.type("x+101");
    expect(await page.locator("#panel").isVisible()).toBe(false);
    await page.keyboard.press("Enter");
    expect(await score(page)).toBe("All 4 right");
    expect(await page.locator("#panel").isVisible()).toBe(true);
  });

  test("lie where the picture has them, also when it is zoomed", async () => {
    const page = await open(EXERCISE);
    const distance = () =>
      page.evaluate(() => {
        const middle = (element: Element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          return [x + width / 2, y + height / 2] as const;
        };
        const rects = [...document.querySelectorAll("rect[data-blank]")].map(middle);
        const inputs = [...document.querySelectorAll(".answer")].map(middle);
        return Math.max(...inputs.map(([x, y]) => Math.min(...rects.map(([a, b]) => Math.hypot(a - x, b - y)))));
      });
    expect(await distance()).toBeLessThan(2);
    await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await distance()).toBeLessThan(2);
  });

  test("are filled in and emptied by buttons", async () => {
    const page = await open(EXERCISE, ["--locale", "zh-cn"], "dark");
    await page.getByRole("button", { name: "显示答案" }).click();
    const values = () =>
      page.locator(".answer input").evaluateAll((all) => all.map((one) => "value" in one && one.value));
    expect(await values()).toEqual(["x+1", "x+1", "ESTABLISHED", "x+101"]);
    expect(await score(page)).toBe("4 处全部答对");
    await page.screenshot({ path: join(SCREENSHOTS, "exercise-dark-zh.png") });
    await page.getByRole("button", { name: "重新开始" }).click();
    expect(await values()).toEqual(["", "", "", ""]);
    expect(await score(page)).toBe("4 处中答对 0 处");
  });

  test("do not keep the picture from being stepped through", async () => {
    const page = await open(EXERCISE);
    await page.locator("#slider").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await box(page, /^seq of: client sends ACK/u).fill("x+1");
    await page.keyboard.press("Enter");
    expect(await verdict(page)).toBe("Right: x+1");
    expect(await page.locator("#where").innerText()).toBe("1 / 10");
    // All four are still to come, and can be filled in nevertheless.
    expect(await page.locator(".input.future").count()).toBe(4);
  });

  test("that stand twice in the picture are one", async () => {
    const page = await open(`client ~> server: PSH+ACK seq=u ack=? len=10 as late
server -> client: PSH+ACK seq=v ack=u len=20
client timeout retransmission
client -> server: PSH+ACK seq=u ack=? len=10
late arrives
`);
    const boxes = box(page, /^ack of: .*, late/u);
    expect(await boxes.count()).toBe(2);
    expect(await score(page)).toBe("0 of 2 right");
    await boxes.first().fill("v");
    await page.keyboard.press("Enter");
    expect(await boxes.last().inputValue()).toBe("v");
    expect(await score(page)).toBe("1 of 2 right");
  });

  test("show the answers instead where that is wanted", async () => {
    const page = await open(EXERCISE, ["--answers"]);
    expect(await page.locator(".answer").count()).toBe(0);
    expect(await page.locator("svg.tcpflow").textContent()).toContain("x+101");
  });
});

test("texts of the author are texts, and no answer runs anything", async () => {
  const hostile = `</script><script>alert(1)</script><img src=x onerror=alert(2)>`;
  const page = await open(`title "${hostile}"
client -> server: SYN seq=x "]]>--><style>*{display:none}</style>${hostile}"
server -> client: SYN+ACK seq=y ack=?
note client: "</style></svg><iframe src='https://example.org'></iframe>"
`);
  expect(await page.title()).toBe(hostile);
  expect(await page.locator("script:not([type]), iframe, img").count()).toBe(1);
  await page.locator(".answer input").fill("<img src=x onerror=alert(3)>");
  await page.keyboard.press("Enter");
  expect(await verdict(page)).toBe("<img src=x onerror=alert(3)> is no number such as 1001 or x+1");
});
