/** Checks texts, with what is known from the last run and a line about how far it is. */
import type { Cache } from "./cache.ts";
import { checkFiles } from "./check-files.ts";
import { type Input, readSource, type Source } from "./inputs.ts";
import type { Io } from "./io.ts";
import { progressOf } from "./progress.ts";
import type { FileReport } from "./reports.ts";

/** The reports of texts, of those that have not changed from the cache; what cannot be read gives a complaint. */
export async function checkTexts(
  files: readonly (Input | Source)[],
  cache: Cache | undefined,
  io: Io,
  complaints: string[],
): Promise<FileReport[]> {
  const known = files.map((file) => (cache === undefined ? undefined : reportIn(cache, file, io.cwd)));
  const progress = progressOf(files.length, io);
  const asked = files.filter((_, i) => known[i] === undefined);
  const skipped = files.length - asked.length;
  const found = await checkFiles(asked, io, (done) => progress.show(skipped + done)).finally(progress.end);
  let next = 0;
  const reports = known.flatMap((report): FileReport[] => {
    const checked = report === undefined ? found[next++] : { report };
    if (checked === undefined) return [];
    if ("complaint" in checked) {
      complaints.push(checked.complaint);
      return [];
    }
    if (report === undefined) cache?.keep(checked.report);
    return [checked.report];
  });
  const complaint = cache?.save();
  // The findings are right all the same.
  if (complaint !== undefined) io.stderr(`tcpflowc: ${complaint}\n`);
  return reports;
}

function reportIn(cache: Cache, file: Input | Source, cwd: string): FileReport | undefined {
  try {
    return cache.find(readSource(file, cwd));
  } catch {
    // Said where it is checked.
    return undefined;
  }
}
