/** The middle of the times, in milliseconds. */
export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The time that 95 of 100 stay below. */
export function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))] ?? Number.NaN;
}

/**
 * The middle time of each call, in milliseconds. The calls take turns, so that what else the machine does meets all of
 * them: some rounds to warm up, then for about a second a call, at least five rounds.
 */
export function medians(calls: readonly (() => unknown)[]): number[] {
  const round = () =>
    calls.map((call) => {
      const start = performance.now();
      call();
      return performance.now() - start;
    });
  const warmUntil = performance.now() + 300 * calls.length;
  do round();
  while (performance.now() < warmUntil);
  const rounds: number[][] = [];
  const until = performance.now() + 1000 * calls.length;
  while (rounds.length < 5 || performance.now() < until) rounds.push(round());
  return calls.map((_, i) => median(rounds.map((times) => times[i] ?? Number.NaN)));
}

export function ms(time: number | undefined): string {
  if (time === undefined) return "–";
  return time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}

export function printTable(rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  for (const row of rows) {
    console.log(
      row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "),
    );
  }
  console.log();
}
