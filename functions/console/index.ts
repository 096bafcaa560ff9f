import { consoleActions as actions } from '../../shared/app/actions/console.ts';
import { type ConsoleApp, consoleApp } from '../../shared/app/console.ts';
import { type HttpFunction, httpFunction } from '../../shared/scf/http.ts';
import { type Invocation, invokable } from '../../shared/scf/invoke.ts';

export { actions };

export type ConsoleInvocation = Invocation<typeof actions>;

let app: ConsoleApp | undefined;
let serve: HttpFunction | undefined;
const createApp = (): ConsoleApp => {
  app ??= consoleApp();
  return app;
};
const operate = invokable(actions, createApp);

/**
 * The people who run the account open this in a browser. An event with an `action` is an invocation, by
 * which the first of them is invited.
 */
export async function main(event: unknown, context: unknown): Promise<unknown> {
  if (Object.hasOwn(Object(event), 'action')) return operate(event, context);
  serve ??= httpFunction(createApp(), createApp().addressHeader);
  return serve(event, context);
}
