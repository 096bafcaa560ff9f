import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { installTools } from '../../deploy/tools.ts';
import type { CloudApi } from '../api.ts';
import { extract } from './extract.ts';
import { generateModels } from './generate.ts';

beforeAll(() => installTools());

test('the models in the repository are those of the installed SDK (npm run models)', () => {
  for (const { file, text } of generateModels()) expect(readFileSync(file, 'utf8')).toBe(text);
});

describe('what is taken from an SDK', () => {
  const client = [
    '    Get(req: GetRequest, cb?: (error: string, rep: GetResponse) => void): Promise<GetResponse>;',
    '    Ask(req?: AskRequest, cb?: (error: string, rep: AskResponse) => void): Promise<AskResponse>;',
  ].join('\n');
  const models = `
/** A request. */
export interface GetRequest {
    /** {"braces": "}"} of an example */
    Names: Array<string>;
    Sizes?: Array<number | bigint>;
}
export interface GetResponse {
    /**
     * 注意：此字段可能返回 null，表示取不到有效值。
     */
    Inner?: Array<Inner>;
    Raw?: any;
}
export interface Inner {
    Key?: string;
}
export type AskRequest = null;
export interface AskResponse {
}
export interface Unused {
    Key?: string;
}`;

  test('is each type that an action needs, and null where a comment says so', () => {
    expect(extract({ client, models, actions: ['Get', 'Ask'] })).toEqual({
      actions: [
        ['Get', 'GetRequest', 'GetResponse'],
        ['Ask', 'AskRequest', 'AskResponse'],
      ],
      types: ['AskRequest', 'AskResponse', 'GetRequest', 'GetResponse', 'Inner'],
      declarations: [
        'type AskRequest = Readonly<Record<string, never>>;',
        'type AskResponse = Readonly<Record<string, never>>;',
        'interface GetRequest {\n  readonly Names: readonly string[];\n  readonly Sizes?: readonly (number | bigint)[];\n}',
        'interface GetResponse {\n  readonly Inner?: readonly Inner[] | null;\n  readonly Raw?: unknown;\n}',
        'interface Inner {\n  readonly Key?: string;\n}',
      ],
    });
  });

  test('an action that the SDK has not is an error', () => {
    expect(() => extract({ client, models, actions: ['Put'] })).toThrow('no action Put');
  });
});

test('a shape that the SDK does not know does not compile', () => {
  // The compiler reads this; nothing runs it.
  const wrong = async (api: CloudApi): Promise<void> => {
    // @ts-expect-error -- The cloud has no such action.
    await api('scf', 'GetFunctions', {});
    // @ts-expect-error -- The name of the function is missing.
    await api('scf', 'DeleteFunction', { Namespace: 'default' });
    // @ts-expect-error -- The SDK knows no such field.
    await api('scf', 'DeleteFunction', { FunctionName: 'menu', Name: 'menu' });
    const answer = await api('tcb', 'DescribeResourcePermission', { EnvId: '', ResourceType: '' });
    // @ts-expect-error -- The list is wrapped in `Data`.
    void answer.PermissionList;
  };

  expect(wrong).toBeInstanceOf(Function);
});
