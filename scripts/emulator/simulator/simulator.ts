import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { BadRequest } from '../wechat/control/body.ts';
import type { Book } from './book.ts';
import { createControl } from './control.ts';
import type { Emulators } from './emulators.ts';
import { createFollowerActs } from './follower.ts';
import { createLive } from './live.ts';
import { createMassWatch } from './mass-watch.ts';
import { buildPage, CONTENT_SECURITY_POLICY } from './page-files.ts';
import { createPhones } from './phones.ts';
import { type BuildView, createSections } from './sections.ts';
import type { ShownActions } from './shown-actions.ts';
import type { ShownSessions } from './shown-sessions.ts';
import { createWechatControl } from './wechat-control.ts';

/** The phone on the page, the panels beside it and the control API below both. */
export interface Simulator {
  /** Serves the page at `/` and the control API at `/emulator/…`. */
  readonly listener: RequestListener;
  /** Something has changed that the book does not know of: shows it soon. */
  touch(): void;
  close(): void;
}

export interface SimulatorOptions {
  readonly book: Book;
  readonly emulators: Emulators;
  /** How the last build of the functions went, for the page. */
  readonly build: () => BuildView;
  /** A push in the words of the account's handlers, for conversations that are recorded. */
  readonly describeMessage: (xml: string) => object;
  readonly sessions: ShownSessions;
  readonly actions: ShownActions;
}

/** Brings up the page. @throws BuildFailure of esbuild */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { book, emulators, build, describeMessage, sessions, actions } = options;
  const { wechatApi } = emulators;
  const control = createWechatControl(wechatApi.fetch);
  const phones = createPhones({ book, control, now: wechatApi.clock.now });
  const acts = createFollowerActs(book, phones, control, emulators);
  const massWatch = await createMassWatch(book, control);
  const readSections = createSections({ book, emulators, phones, control, build });
  const live = createLive(book, async () => {
    await massWatch.look();
    return readSections();
  });
  const files = await buildPage();

  const app = new Hono();
  app.route(
    '/',
    createControl({ book, live, emulators, phones, acts, sessions, actions, describeMessage }),
  );
  app.get('*', (context) => {
    const file = files.get(context.req.path);
    if (!file) return context.notFound();
    return context.body(file.body as string, 200, {
      'content-type': file.contentType,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
    });
  });
  app.onError((error, context) => {
    if (error instanceof BadRequest) return context.json({ error: error.message }, 400);
    console.error('Simulator:', error);
    return context.json({ error: 'The simulator failed; its terminal says why.' }, 500);
  });
  app.notFound((context) => context.json({ error: `Nothing at ${context.req.path}.` }, 404));

  const answer = getRequestListener(app.fetch);
  return {
    listener: (request, response) => void answer(request, response),
    touch: live.touch,
    close: live.close,
  };
}
