import { describe, expect, test } from '@jest/globals';
import { actions } from '../../functions/proxy-client/index.ts';
import { auditCollection, createAudit } from '../../shared/app/audit.ts';
import { createAuditReader } from '../../shared/app/audit-reader.ts';
import { clientVersions } from '../../shared/app/client-versions.ts';
import { watchedDocuments } from '../../shared/app/parts/watched-documents.ts';
import { accountKeyOf } from '../../shared/kernel/account-key.ts';
import { createLog } from '../../shared/kernel/log.ts';
import { Secret } from '../../shared/kernel/secret.ts';
import { type ClientDocument, clientCollection } from '../../shared/proxy/client-document.ts';
import { CLIENTS_MS, createClients } from '../../shared/proxy/clients.ts';
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
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), now: clock.now });
  const binder = createBinder(accountKeyOf(config));
  const store = boundStore(raw, binder, log);
  const sealer = createSealer(accountKeyOf(config));
  const readVersions = () => clientVersions({ store, binder, log });
  const clients = createClientManagement({ store, sealer, binder, clock, readVersions });
  const write = createAudit({ store, binder, now: clock.now, log });
  const main = invokable(actions, () => ({
    ...{ clock, log, clients },
    audit: (act) => write({ ...act, action: `proxy-client ${act.action}` }),
  }));
  const reader = createAuditReader({ store, binder, watched: watchedDocuments(store, binder) });
  return {
    ...{ clock, reader, raw, lines },
    /** An instance of the proxy that has just started. */
    instance: () => createClients({ store, sealer, clock, log, readVersions }),
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
    subject: expect.stringMatching(/^crm [\w-]{16} 1$/),
  });
  expect(JSON.stringify(entry)).not.toContain(secretOf('crm'));
});

describe('an older document of a client that somebody puts back', () => {
  async function withHistory() {
    const world = open();
    const { run } = world;
    const past = [
      await run('add', { id: 'crm', secret: secretOf('crm'), allow: ['*'] }),
      await run('change', { id: 'crm', allow: ['menu.*'] }),
      await run('rotate', { id: 'crm', secret: secretOf('new'), graceSeconds: 0 }),
    ];
    const now = await run('disable', { id: 'crm' });
    const alarms = () =>
      world.lines.filter((line) => /"document refused".*"reason":"proxy-clients"/.test(line))
        .length;
    return { ...world, past, now, alarms };
  }

  test('gives nothing in an instance that has seen a newer one, and is alerted', async () => {
    const { past, now, putBack, instance, clock, alarms } = await withHistory();
    const warm = instance();
    expect((await warm.current()).get('crm')).toMatchObject({ enabled: false });

    const taken: string[] = [];
    for (const [at, doc] of past.entries()) {
      await putBack(doc);
      await clock.advance(CLIENTS_MS);
      if ((await warm.current()).has('crm')) taken.push(`warm, after change ${at + 1}`);
      expect(alarms()).toBe(at + 1);
    }
    await putBack(now);
    await clock.advance(CLIENTS_MS);

    expect((await warm.current()).get('crm')).toMatchObject({ enabled: false });
    tally.refused(past.length, taken);
  });

  test('gives nothing in an instance that starts afterwards, which the audit trail tells', async () => {
    const { past, putBack, instance, alarms } = await withHistory();

    const taken: string[] = [];
    for (const [at, doc] of past.entries()) {
      await putBack(doc);
      if ((await instance().current()).has('crm')) taken.push(`cold, after change ${at + 1}`);
      expect(alarms()).toBe(at + 1);
    }
    tally.refused(past.length, taken);
  });

  test('is set right by the next change of an operator, and so is one that was taken away', async () => {
    const { past, putBack, run, instance, raw } = await withHistory();
    const warm = instance();
    await warm.current();
    await putBack(past[0] as ClientDocument);
    await run('change', { id: 'crm', allow: ['user.*'] });
    expect((await instance().current()).get('crm')).toMatchObject({ allow: ['user.*'] });

    await raw.remove(clientCollection, 'crm');
    await run('add', { id: 'crm', secret: secretOf('again'), allow: ['tag.*'] });

    expect((await instance().current()).get('crm')).toMatchObject({ allow: ['tag.*'] });
  });

  test('a forged entry of the trail shuts no client out', async () => {
    const { instance, raw, run, lines } = await withHistory();
    await run('change', { id: 'crm', allow: ['user.*'] });
    const [last] = await raw.query(auditCollection, {
      filter: 'all',
      order: [{ field: '_id', direction: 'desc' }],
      limit: 1,
    });
    if (!last) throw new Error('The trail is empty.');
    const forged = { ...last.doc, _id: '000000000099', number: 99, subject: 'crm x 1000000' };
    await raw.create(auditCollection, forged);

    expect((await instance().current()).get('crm')).toMatchObject({ allow: ['user.*'] });
    expect(lines.join()).toContain('"reason":"audit"');
  });
});
