/**
 * Makes the fonts of PNG pictures anew, from packages that nobody needs otherwise:
 *
 *   npm install --no-save subset-font@2.9.0 harfbuzzjs@1.6.4 @expo-google-fonts/arimo@0.4.3 @expo-google-fonts/cousine@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
 *   node server/fonts/make.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";
import { Blob, Face } from "harfbuzzjs";
import subset from "subset-font";

const require = createRequire(import.meta.url);

/** What a double-byte encoding has in some rows, from its first to its last. */
function rows(encoding, first, last, firstColumn) {
  const decoder = new TextDecoder(encoding);
  let text = "";
  for (let row = first; row <= last; row++)
    for (let column = firstColumn; column <= 0xfe; column++) {
      const character = decoder.decode(new Uint8Array([row, column]));
      if (character.length === 1 && character !== "\ufffd") text += character;
    }
  return text;
}

/** Signs, kana and all hanzi of GB 2312, and the common ones of Big5. */
const CHINESE = rows("gb18030", 0xa1, 0xa9, 0xa1) + rows("gb18030", 0xb0, 0xf7, 0xa1) + rows("big5", 0xa4, 0xc6, 0x40);

/** Name, file, and what is kept of it; all if nothing is said. */
const FONTS = [
  ["Arimo-Regular", "arimo/400Regular/Arimo_400Regular.ttf"],
  ["Arimo-SemiBold", "arimo/600SemiBold/Arimo_600SemiBold.ttf"],
  ["Arimo-Italic", "arimo/400Regular_Italic/Arimo_400Regular_Italic.ttf"],
  ["Cousine-Regular", "cousine/400Regular/Cousine_400Regular.ttf"],
  ["Cousine-Bold", "cousine/700Bold/Cousine_700Bold.ttf"],
  ["NotoSansSC-Regular", "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", CHINESE],
  ["NotoSansSC-SemiBold", "noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf", CHINESE],
];

/** The names by which both weights are one family. */
const TYPOGRAPHIC = [16, 17];

for (const [name, path, kept] of FONTS) {
  const font = readFileSync(require.resolve(`@expo-google-fonts/${path}`));
  const options = { targetFormat: "truetype", preserveNameIds: TYPOGRAPHIC };
  const made = kept === undefined ? font : await subset(font, kept, options);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: made.length };
  writeFileSync(new URL(`${name}.ttf.br`, import.meta.url), brotliCompressSync(made, { params }));
  // Which letters it has: both weights have the same.
  if (name === "NotoSansSC-Regular") {
    const points = new Face(new Blob(made), 0).collectUnicodes().slice().sort();
    writeFileSync(new URL("NotoSansSC.txt", import.meta.url), String.fromCodePoint(...points));
  }
}
