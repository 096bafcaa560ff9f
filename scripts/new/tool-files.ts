/** What the tools of a bot are told: by files that begin with those of fuwuhao, so that they follow it. */
export const toolFiles: Readonly<Record<string, string>> = {
  // The types of Node.js come with fuwuhao.
  'tsconfig.json': `{
  "extends": "./node_modules/fuwuhao/tsconfig.json",
  "compilerOptions": { "types": [] },
  "include": ["src"],
  "exclude": ["node_modules", "dist", ".fuwuhao"]
}
`,
  'jest.config.js': `export { default } from 'fuwuhao/jest';\n`,
  // What a handler says goes to ctx.log, where it is masked.
  'biome.json': `{
  "extends": ["./node_modules/fuwuhao/biome.json"],
  "overrides": [
    {
      "includes": ["src/**"],
      "linter": { "rules": { "suspicious": { "noConsole": "error" } } }
    }
  ]
}
`,
  '.oxlintrc.json': `{
  "extends": ["./node_modules/fuwuhao/.oxlintrc.json"],
  "overrides": [
    { "files": ["src/**/*.ts"], "rules": { "typescript/promise-function-async": "error" } },
    { "files": ["**/*.test.ts"], "rules": { "typescript/promise-function-async": "off" } }
  ],
  "ignorePatterns": ["node_modules", "dist", ".fuwuhao"]
}
`,
  '.gitignore': `${['node_modules/', 'dist/', '.serverless/', '.fuwuhao/', 'coverage/'].join('\n')}
.env
.env.*
!.env.example
*.log
`,
  '.npmrc': `engine-strict=true
# No package needs a script of its own: what is native comes as a package for each platform. npm 10 does
# not know allowScripts and would run them all.
ignore-scripts=true
strict-allow-scripts=true
fund=false
audit=false
`,
};
