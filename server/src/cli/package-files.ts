/** Files that come with the program. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The path of a file in an installed package; nothing if it is not there. */
export function fileOfPackage(name: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    return undefined;
  }
}

/** The path of a file in the package `tcpflow-lang`, whether it is there or not; nothing without the package. */
export function ownFile(...path: readonly string[]): string | undefined {
  const manifest = fileOfPackage("tcpflow-lang/package.json");
  return manifest === undefined ? undefined : join(dirname(manifest), ...path);
}
