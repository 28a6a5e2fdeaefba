/** Flows in the built-in Markdown preview: pictures, made where the page is made. */
import type * as adapter from "../../../server/src/adapters/markdown-it.ts";
import { localeOf } from "../../../server/src/flow/locale.ts";

type MarkdownIt = Parameters<typeof adapter.tcpflow>[0];

/** What VS Code's Markdown asks of an extension. */
export interface MarkdownExtension {
  extendMarkdownIt(md: MarkdownIt): MarkdownIt;
}

/**
 * @param language the display language
 * @param load gives the plugin, which is far bigger than the rest of the extension: when the first flow is shown
 */
export function markdownPreview(language: string, load: () => typeof adapter): MarkdownExtension {
  const locale = localeOf(language) ?? "en";
  return {
    extendMarkdownIt: (md) => {
      const { rules } = md.renderer;
      const plain = rules.fence;
      /** The plugin's rule, on top of what was there before and below what came since. */
      const makeRule = () => {
        const { fence: latest } = rules;
        rules.fence = plain;
        load().tcpflow(md, { errors: "draw", lines: "file", locale });
        const made = rules.fence;
        rules.fence = latest;
        return made;
      };
      let drawing: typeof plain;
      rules.fence = (tokens, index, options, env, self) => {
        const mayBeFlow = tokens[index]?.info.toLowerCase().includes("tcpflow");
        if (mayBeFlow) drawing ??= makeRule();
        const rule = mayBeFlow ? drawing : plain;
        return rule?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options);
      };
      return md;
    },
  };
}
