/** What the hosts of markdown-it tell of the page that they make. */
import type MarkdownIt from "markdown-it";

/** A page as its host tells of it in markdown-it's `env`, of which nothing is sure. */
export interface Page {
  /** The name of its file. */
  readonly path: string | undefined;
  /** Whether its HTML is read as a template of Vue, as VitePress and VuePress do. */
  readonly isTemplate: boolean;
  /** Whether `linesBefore` is known for sure. */
  readonly isWhole: boolean;
  /** The lines of the file's front matter, as far as markdown-it was handed it. */
  readonly linesBefore: number;
}

/** Gives what is known of a page, from its `env`. */
export function watchPages(md: MarkdownIt): (env: unknown) => Page {
  const handed = new WeakMap<object, string>();
  const render = md.render.bind(md);
  // Plugins for front matter, which are in use before this one, hand on only what is behind it.
  md.render = (source, env = {}) => {
    if (isRecord(env)) handed.set(env, source);
    return render(source, env);
  };
  return (env) => {
    if (!isRecord(env)) return { path: undefined, isTemplate: false, isWhole: false, linesBefore: 0 };
    const { path, filePath, page, content, sfcBlocks } = env;
    const named = [path, filePath, isRecord(page) ? page.inputPath : undefined];
    const source = handed.get(env);
    const isWhole = source !== undefined && typeof content === "string" && source.endsWith(content);
    const before = isWhole ? source.slice(0, source.length - content.length) : "";
    return {
      path: named.find((name) => typeof name === "string"),
      isTemplate: isRecord(sfcBlocks),
      isWhole,
      linesBefore: before.split("\n").length - 1,
    };
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
