import { defineConfig } from "vitest/config";

/** Tests that start programs: ours, tshark, or Chromium. */
const PROGRAMS = [
  "test/editor/**/*.test.ts",
  "test/cli/executable.test.ts",
  "test/cli/page.test.ts",
  "test/cli/threads.test.ts",
  "test/formats/tshark.test.ts",
  "test/formats/tshark-lines.test.ts",
  "test/ladder/mermaid-page.test.ts",
  "test/adapters/mermaid-plugin.test.ts",
  "test/package/*.test.ts",
  "test/preview/state-diagram.test.ts",
  "test/sites/*.test.ts",
];
const WORKBENCH = ["test/workbench/*.test.ts"];
/** Pure too, but with so many cases that they take longer than one waits for in daily work. */
const LONG = ["test/**/*.long.test.ts"];

/** How long a test may take before it counts as hung, in milliseconds; a busy machine may take many times as long as a quiet one. */
const HUNG = 300_000;
/** How long something may take to show, in milliseconds. */
const PATIENT = { poll: { timeout: 60_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...PROGRAMS, ...LONG, "test/workbench/**", "**/node_modules/**"],
          // Pure tests leave nothing behind: the modules are loaded once for all files.
          isolate: false,
          testTimeout: HUNG,
        },
      },
      {
        test: { name: "long", include: LONG, exclude: ["**/node_modules/**"], isolate: false, testTimeout: HUNG },
      },
      {
        test: {
          name: "protocol",
          include: PROGRAMS,
          globalSetup: ["test/build.setup.ts", "test/npm-package.setup.ts"],
          // Imports its schemas in a way that Node does not take.
          server: { deps: { inline: ["@actions/workflow-parser"] } },
          testTimeout: HUNG,
          hookTimeout: HUNG,
          expect: PATIENT,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "workbench",
          include: WORKBENCH,
          globalSetup: "test/package.setup.ts",
          testTimeout: HUNG,
          hookTimeout: HUNG,
          expect: PATIENT,
          // One browser at a time.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
