import type { Hono } from 'hono';
import * as v from 'valibot';
import { endpointByName } from '../../../../shared/wechat/catalogue/endpoints.ts';
import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import type { CurrentButton } from '../../../../shared/wechat/catalogue/menu.ts';
import { FileAnswer } from '../http/file-answer.ts';
import { PageAnswer } from '../http/page-answer.ts';
import { operationOf } from '../operations/index.ts';
import type { DraftRecord } from '../state/drafts.ts';
import type { MaterialRecord } from '../state/materials.ts';
import type { KeptConditionalMenu, KeptMenu } from '../state/menus.ts';
import type { ShownQrcode } from '../state/qrcodes.ts';
import type { Tags } from '../state/tags.ts';
import type { PrivateTemplate, SubscribeTemplateRecord } from '../state/templates.ts';
import type { World } from '../world.ts';
import { BadRequest, read } from './body.ts';

/** Nobody reads through more; of each kind the newest. */
const MOST = 200;

/** What WeChat holds for the account, as its administrator finds it on mp.weixin.qq.com. */
export interface HoldingsAnswer {
  readonly menus: {
    readonly default: KeptMenu | null;
    readonly conditional: readonly KeptConditionalMenu[];
    /** What was clicked together in the console, as long as the API has made no menu. */
    readonly console: readonly CurrentButton[] | null;
  };
  readonly material: readonly MaterialRecord[];
  readonly drafts: readonly DraftRecord[];
  readonly tags: ReturnType<Tags['list']>;
  readonly templates: readonly PrivateTemplate[];
  readonly subscribeTemplates: readonly SubscribeTemplateRecord[];
  readonly qrcodes: readonly ShownQrcode[];
}

const consoleOrder = v.strictObject({
  endpoint: v.string(),
  request: v.optional(v.record(v.string(), v.unknown()), {}),
});

/** What WeChat holds, and the hand of the administrator, who needs no token and uses up no quota. */
export function addHoldingControls(app: Hono, world: World): void {
  const { menus, materials, drafts, tags, templates, qrcodes } = world;

  app.get('/holdings', (context) => {
    const { default: own, conditional, console } = menus.get();
    const files = (['image', 'voice', 'video', 'news'] as const).flatMap(materials.list);
    return context.json({
      menus: { default: own, conditional, console },
      material: files.toSorted((a, b) => b.updatedAt - a.updatedAt).slice(0, MOST),
      drafts: drafts.list().slice(0, MOST),
      tags: tags.list(),
      templates: templates.list(),
      subscribeTemplates: templates.listSubscribe(),
      qrcodes: qrcodes.list().slice(-MOST).reverse(),
    } satisfies HoldingsAnswer);
  });

  /** An endpoint by its name, with all its checks, as if it were clicked in the console. */
  app.post('/console', async (context) => {
    const { endpoint: name, request } = await read(context.req.raw, consoleOrder);
    const endpoint = endpointByName(name);
    if (endpoint?.auth !== 'token') {
      throw new BadRequest(`No endpoint that takes a token has the name ${name}.`);
    }
    const { method, path } = endpoint;
    const isGet = method === 'GET';
    const answer = await operationOf(name as EndpointName)(world, {
      method,
      path,
      query: isGet
        ? Object.fromEntries(Object.entries(request).map(([key, value]) => [key, String(value)]))
        : {},
      body: isGet ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(request)),
      contentType: 'application/json',
      form: undefined,
      hasLength: true,
      clientIp: '127.0.0.1',
      isRelayed: false,
      origin: new URL(context.req.url).origin,
      url: path,
    });
    if (answer instanceof FileAnswer || answer instanceof PageAnswer) {
      throw new BadRequest(`${name} answers with a file or a page, not with JSON.`);
    }
    return context.json(answer);
  });

  /** WeChat itself forgets no code: this is for testers who have made too many. */
  app.delete('/qrcodes', (context) => {
    if (!qrcodes.remove(context.req.query('ticket') ?? '')) {
      throw new BadRequest('There is no code of this ticket.');
    }
    return context.json(qrcodes.list());
  });
}
