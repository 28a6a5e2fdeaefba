/** Which modules a file of code names. */
import { parseSync, Visitor } from "oxc-parser";

/**
 * Every module that the code names: imports and exports, of types too, `import()`, `import("…").Type` and `require()`.
 * @throws where the code cannot be read
 */
export function importsOf(path: string, code: string): string[] {
  const { program, module, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found = [
    ...module.staticImports.map((statement) => statement.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ];
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === "Literal") found.push(String(source.value));
    },
    CallExpression: ({ callee, arguments: [name] }) => {
      const isRequire = callee.type === "Identifier" && callee.name === "require";
      if (isRequire && name?.type === "Literal") found.push(String(name.value));
    },
    TSImportType: ({ source }) => {
      found.push(source.value);
    },
  }).visit(program);
  return found;
}
