import { expect, test } from '@jest/globals';
import { actions } from '../../functions/proxy-client/index.ts';
import { createAudit, createAuditReader } from '../../shared/app/audit.ts';
import { watchedDocuments } from '../../shared/app/parts/watched-documents.ts';
import { accountKeyOf } from '../../shared/kernel/account-key.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { type ClientDocument, clientCollection } from '../../shared/proxy/client-document.ts';
import { createClientManagement } from '../../shared/proxy/manage-clients.ts';
import { invokable } from '../../shared/scf/invoke.ts';
import { createBinder } from '../../shared/store/binder.ts';
import { boundStore } from '../../shared/store/bound-store.ts';
import { createMemoryStore } from '../../shared/store/memory.ts';
import { createSealer } from '../../shared/token/index.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { secretOf } from '../testing/proxy/proxy-fixture.ts';
import { testAccount } from '../testing/test-account.ts';
import { createTally } from './tally.ts';

const tally = createTally('clients, by documents of an earlier time');
const config = { appid: testAccount.appid, appsecret: new Secret(testAccount.secret) };

/** The operator's function over a database that a colleague can write as well. */
function open() {
  const clock = createFakeClock(Date.UTC(2026, 0, 1));
  const raw = createMemoryStore({ now: clock.now });
  const log = createLog({ write: () => {}, now: clock.now });
  const binder = createBinder(accountKeyOf(config));
  const store = boundStore(raw, binder, log);
  const clients = createClientManagement({
    store,
    sealer: createSealer(accountKeyOf(config)),
    binder,
    clock,
  });
  const write = createAudit({ store, binder, now: clock.now, log });
  const main = invokable(actions, () => ({
    ...{ clock, log, clients },
    audit: (act) => write({ ...act, action: `proxy-client ${act.action}` }),
  }));
  const reader = createAuditReader({ store, binder, watched: watchedDocuments(store, binder) });
  return {
    ...{ clock, reader },
    async run(action: string, payload: object) {
      expect(await main({ action, payload }, {})).toMatchObject({ ok: true });
      const found = await raw.get(clientCollection, 'crm');
      if (!found) throw new Error('The client is missing.');
      return found.doc;
    },
    async putBack(doc: ClientDocument) {
      const now = await raw.get(clientCollection, doc._id);
      expect(await raw.replaceIf(clientCollection, doc, now?.rev ?? 0)).toBe(true);
    },
  };
}

test('a whole document of a client that is put back shows in the audit trail', async () => {
  const { run, putBack, reader } = open();
  const past = [
    await run('add', { id: 'crm', secret: secretOf('crm'), allow: ['*'] }),
    await run('change', { id: 'crm', allow: ['menu.*'] }),
    await run('rotate', { id: 'crm', secret: secretOf('new'), graceSeconds: 0 }),
  ];
  const now = await run('disable', { id: 'crm' });
  expect(await reader.verify()).toMatchObject({ entries: 4, isWhole: true });

  const unseen: string[] = [];
  for (const [at, doc] of past.entries()) {
    await putBack(doc);
    const { isWhole, problems } = await reader.verify();
    const isTold = problems.join().includes('Client crm is not as entry 4, its last change');
    if (isWhole || !isTold) unseen.push(`the document after change ${at + 1}`);
  }
  await putBack(now);

  expect(await reader.verify()).toMatchObject({ isWhole: true, problems: [] });
  tally.refused(past.length, unseen);
});

test('an operator sees of each client which document it is, and the trail has no secret', async () => {
  const { run, reader } = open();
  await run('add', { id: 'crm', secret: secretOf('crm'), allow: ['*'] });

  const [entry] = await reader.list();

  expect(entry).toMatchObject({
    action: 'proxy-client add',
    subject: expect.stringMatching(/^crm [\w-]{16}$/),
  });
  expect(JSON.stringify(entry)).not.toContain(secretOf('crm'));
});
