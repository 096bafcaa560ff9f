import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { sdkFolder } from '../sdk.ts';
import { type ModelledService, modelled } from './actions.ts';
import { extract } from './extract.ts';

/** Where the SDK keeps the declarations of a service. */
const folders: Readonly<Record<ModelledService, string>> = {
  scf: 'scf/v20180416',
  tcb: 'tcb/v20180608',
  cam: 'cam/v20190116',
  cls: 'cls/v20201016',
};

export interface ModelFile {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/** The models of every service, from the SDK that is installed with the deploy tools. */
export function generateModels(): readonly ModelFile[] {
  const { version } = createRequire(path.join(sdkFolder, 'package.json'))('./package.json') as {
    readonly version: string;
  };
  return (Object.keys(modelled) as ModelledService[]).map((service) => ({
    file: path.join(import.meta.dirname, `${service}.ts`),
    text: modelOf(service, version),
  }));
}

function modelOf(service: ModelledService, version: string): string {
  const folder = path.join(sdkFolder, 'tencentcloud/services', folders[service]);
  const read = (what: string) => readFileSync(path.join(folder, `${service}_${what}.d.ts`), 'utf8');
  const { declarations, actions, types } = extract({
    client: read('client'),
    models: read('models'),
    actions: modelled[service],
  });
  const prefix = `${service[0]?.toUpperCase()}${service.slice(1)}`;
  return [
    `// Made by \`npm run models\` from tencentcloud-sdk-nodejs ${version} (Apache-2.0, Copyright Tencent):`,
    '// names and types of what the actions in actions.ts take and give. Do not edit.',
    '',
    ...declarations.flatMap((each) => [each, '']),
    `/** Each action of ${service} with its request and its response. */`,
    `export interface ${prefix}Actions {`,
    ...actions.flatMap(([action, request, response]) => [
      `  readonly ${action}: {`,
      `    readonly request: ${request};`,
      `    readonly response: ${response};`,
      '  };',
    ]),
    '}',
    '',
    `/** The types behind them, by their names in the SDK. */`,
    `export interface ${prefix}Types {`,
    ...types.map((name) => `  readonly ${name}: ${name};`),
    '}',
    '',
  ].join('\n');
}
