// What ESLint asks of the page's code, of its tests and of the script that bundles it.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["demo/*/bundle*.js"] }, // generated
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error",
      eqeqeq: "error",
      "no-implicit-coercion": "error",
      "no-self-assign": ["error", { props: false }], // setting a canvas's own width wipes it
      "no-shadow": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  { files: ["demo/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["tests/js/*.js", "scripts/*.js", "eslint.config.js"], languageOptions: { globals: globals.node } },
];
