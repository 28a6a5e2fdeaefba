import { build } from "../scripts/build.ts";

/** The programs that the tests start are those of this very source. */
export async function setup(): Promise<void> {
  await build({ release: false });
}
