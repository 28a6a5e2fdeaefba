import { satteri } from "@astrojs/markdown-satteri";
import { defineConfig } from "astro/config";
import { satteriTcpflow } from "tcpflow-lang/satteri";

export default defineConfig({
  markdown: {
    processor: satteri({ mdastPlugins: [satteriTcpflow()] }),
  },
});
