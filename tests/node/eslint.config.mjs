// What ESLint checks in the modules of the TypeScript runtime.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { configs } from "typescript-eslint";
import { FETCH_TYPES, RESOLUTIONS, STRICT } from "./typescript-kit.mjs";
import { SOURCES } from "./typescript-runtime.mjs";

const files = readdirSync(SOURCES).map((file) => join(SOURCES, file));
const flags = { noEmit: true, allowImportingTsExtensions: true };
const program = ts.createProgram(files, { ...STRICT, ...RESOLUTIONS.bundler, ...FETCH_TYPES["lib.dom"], ...flags });

export default [
  ...configs.strictTypeChecked,
  ...configs.stylisticTypeChecked,
  {
    // The derived files are for users, who may lint them by other rules: exceptions belong here.
    linterOptions: { noInlineConfig: true },
    languageOptions: { parserOptions: { programs: [program] } },
    rules: {
      // The reason of an aborted signal can be anything, and callers get it as it is.
      "@typescript-eslint/prefer-promise-reject-errors": ["error", { allowThrowingAny: true, allowThrowingUnknown: true }],
      // A number has only one text.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
];
