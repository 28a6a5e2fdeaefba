import type { TestProject } from "vitest/node";
import { packageExtension } from "../scripts/package.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Path of the extension as a user would install it. */
    vsix: string;
  }
}

/** Packs the extension once; a test gets the path by `inject("vsix")`. */
export async function setup(project: TestProject): Promise<void> {
  project.provide("vsix", await packageExtension());
}
