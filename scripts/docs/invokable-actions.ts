import type * as v from 'valibot';
import { actions as consoleActions } from '../../functions/console/index.ts';
import { actions as followers } from '../../functions/followers/index.ts';
import { actions as massSend } from '../../functions/mass-send/index.ts';
import { actions as material } from '../../functions/material/index.ts';
import { actions as menu } from '../../functions/menu/index.ts';
import { actions as proxyClient } from '../../functions/proxy-client/index.ts';
import { actions as worker } from '../../functions/worker/index.ts';

/** Every function that takes `{action, payload}`, with its actions, as they are deployed. */
export const invokable = {
  menu,
  material,
  followers,
  'mass-send': massSend,
  'proxy-client': proxyClient,
  console: consoleActions,
  worker,
} as const;

type Invokable = typeof invokable;

/** What the reference says of an action: what it does, and a payload that it takes. */
export type ActionText<Schema extends v.GenericSchema> = {
  readonly en: string;
  readonly zh: string;
} & (undefined extends v.InferInput<Schema>
  ? { readonly example?: v.InferInput<Schema> }
  : { readonly example: v.InferInput<Schema> });

/** An action without its text does not compile. */
export type ActionTexts = {
  readonly [Function in keyof Invokable]: {
    readonly [Name in keyof Invokable[Function]]: Invokable[Function][Name] extends {
      readonly schema: infer Schema extends v.GenericSchema;
    }
      ? ActionText<Schema>
      : never;
  };
};
