/** Calls the tools as an assistant would, and shows the answers. */
const vscode = require("vscode");

const WRONG = `client -> server: SYN seq=x
server -> client: SYN+ACK seq=y ack=x
client -> server: ACK seq=x+1 ack=y+1
`;

exports.activate = (context) => {
  const ask = async (name, input) => {
    try {
      const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
      return content.map((part) => part.value).join("");
    } catch (error) {
      return String(error);
    }
  };
  const checkAndExplain = async () => {
    const answers = [
      await ask("tcpflow_check", { text: WRONG }),
      await ask("tcpflow_explain", { rule: "syn-not-counted" }),
      await ask("tcpflow_explain", { rule: "no-such-rule" }),
    ];
    const document = await vscode.workspace.openTextDocument({ content: answers.join("\n") });
    await vscode.window.showTextDocument(document);
  };
  context.subscriptions.push(vscode.commands.registerCommand("assistant.checkAndExplain", checkAndExplain));
};
