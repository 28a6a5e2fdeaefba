/** Which languages the server has, when the whole of it is asked for. */
import { DefaultServiceRegistry, type LangiumCoreServices } from "langium";
import { TcpflowLanguageMetaData } from "../../language/generated/module.ts";

/** Markdown only passes on what `tcpflow` serves: it has no settings and offers nothing of its own. */
export class OwnLanguages extends DefaultServiceRegistry {
  override get all(): readonly LangiumCoreServices[] {
    return super.all.filter(({ LanguageMetaData }) => LanguageMetaData === TcpflowLanguageMetaData);
  }
}
