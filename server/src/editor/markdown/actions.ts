/** Code actions in Markdown: those of each fence in place, and those for all fences together. */
import type { MaybePromise } from "langium";
import { CodeAction, CodeActionKind, type CodeActionParams, type Command, type TextEdit } from "vscode-languageserver";
import { FIX_ALL, wants } from "../fixes.ts";
import { formattingEdits } from "../formatting.ts";
import type { EditorTexts } from "../texts.ts";
import type { FencedFlow } from "./flows.ts";
import { actionInFile, fencesIn, rangeInFlow, textEditInFile } from "./places.ts";

/** Formats all flows of a Markdown document, also on saving; its own formatter stays the one of the rest. */
export const FORMAT_ALL = `${CodeActionKind.Source}.format.tcpflow`;

/** The actions of one flow. */
type Ask = (here: FencedFlow, params: CodeActionParams) => MaybePromise<(Command | CodeAction)[] | undefined>;

export async function fencedActions(
  flows: readonly FencedFlow[],
  params: CodeActionParams,
  ask: Ask,
  texts: EditorTexts,
): Promise<CodeAction[]> {
  const { uri } = params.textDocument;
  const found: CodeAction[] = [];
  for (const here of fencesIn(flows, params.range)) {
    const actions = (await ask(here, { ...params, range: rangeInFlow(here, params.range) })) ?? [];
    const own = actions.filter((action) => CodeAction.is(action)).filter(({ kind }) => kind !== FIX_ALL);
    found.push(...own.map((action) => actionInFile(here, action)));
    if (wants(params, CodeActionKind.RefactorRewrite)) {
      found.push(...action(texts.formatFlow, CodeActionKind.RefactorRewrite, uri, formatted(here)));
    }
  }
  if (wants(params, FIX_ALL)) found.push(...(await fixAll(flows, params, ask)));
  if (wants(params, FORMAT_ALL)) {
    found.push(...action(texts.formatAll, FORMAT_ALL, uri, flows.flatMap(formatted)));
  }
  return found;
}

/** The edits that format a fence, in the file. */
export function formatted(here: FencedFlow): TextEdit[] {
  return formattingEdits(here.flow.textDocument.getText()).map((edit) => textEditInFile(here, edit));
}

function action(title: string, kind: CodeActionKind, uri: string, edits: TextEdit[]): CodeAction[] {
  return edits.length === 0 ? [] : [{ title, kind, edit: { changes: { [uri]: edits } } }];
}

/** One action that mends what each fence would mend by its own. */
async function fixAll(flows: readonly FencedFlow[], params: CodeActionParams, ask: Ask): Promise<CodeAction[]> {
  const { uri } = params.textDocument;
  const context = { ...params.context, only: [FIX_ALL] };
  const each = flows.map(async (here) => {
    const actions = (await ask(here, { ...params, range: rangeInFlow(here, params.range), context })) ?? [];
    return actions.filter((action) => CodeAction.is(action)).map((action) => actionInFile(here, action));
  });
  const all = (await Promise.all(each)).flat();
  const [first] = all;
  if (first === undefined) return [];
  return [
    {
      ...first,
      diagnostics: all.flatMap(({ diagnostics = [] }) => diagnostics),
      edit: { changes: { [uri]: all.flatMap(({ edit }) => edit?.changes?.[uri] ?? []) } },
    },
  ];
}
