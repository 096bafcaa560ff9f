import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type LocalServer, startLocalServer } from '../../postgres/local-server.ts';
import { certificate, certificateKey } from '../../testing/store/certificate.ts';
import { testServer } from '../../testing/store/postgres-server.ts';
import { deploymentOf } from '../deployment.ts';
import { postgresChecks } from './postgres.ts';

const url = await testServer();

async function findings(env: Record<string, string>) {
  const deployment = deploymentOf({ env: { STORE_DRIVER: 'postgres', ...env }, stage: 'dev' });
  return Promise.all(postgresChecks.map((check) => check.run(deployment)));
}

function changed(address: string, changes: Partial<URL>): string {
  return Object.assign(new URL(address), changes).href;
}

test('a deployment on documents has no server to look at', () => {
  const deployment = deploymentOf({ env: {}, stage: 'dev' });

  expect(postgresChecks.map(({ isFor }) => isFor?.(deployment))).toEqual([false, false, false]);
});

test('settings that name no server are told', async () => {
  const [server] = await findings({});

  expect(server).toMatchObject({ state: 'warning', todo: expect.stringContaining('DATABASE_URL') });
});

(url === undefined ? describe.skip : describe)('the doctor at a PostgreSQL server', () => {
  const address = url ?? '';

  test('tells version, connections, and that this machine needs no TLS', async () => {
    expect(await findings({ DATABASE_URL: address })).toMatchObject([
      { state: 'ok', why: expect.stringMatching(/^PostgreSQL 1[5-9]\S* answers/) },
      { state: 'ok', why: expect.stringContaining('this machine') },
      { state: 'ok', why: expect.stringContaining('max_connections is 200: enough for 95') },
    ]);
  });

  test.each([
    ['a port where nothing listens', { port: '1' }, 'ECONNREFUSED', 'Check host and port'],
    ['a wrong password', { password: 'wrong' }, '28P01', 'Check user, password'],
    ['a database that is not there', { pathname: '/nowhere' }, '3D000', 'Check user, password'],
    ['TLS that the server has not', { search: '?sslmode=require' }, 'SSL', 'Switch TLS on'],
  ])('says what to do about %s', async (_, changes, why, todo) => {
    const [server] = await findings({ DATABASE_URL: changed(address, changes) });

    expect(server).toMatchObject({
      state: 'failure',
      why: expect.stringContaining(why),
      todo: expect.stringContaining(todo),
    });
    expect(JSON.stringify(server)).not.toContain(new URL(address).password);
  });

  describe('with TLS and few connections', () => {
    let folder: string;
    let server: LocalServer;
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'doctor-postgres-'));
      server = await startLocalServer({ folder, maxConnections: 20, isTemporary: true });
      const client = new pg.Client({ connectionString: server.url() });
      await client.connect();
      const { rows } = await client.query('SHOW data_directory');
      const data = String((rows[0] as { readonly data_directory: string }).data_directory);
      const { uid, gid } = statSync(data);
      for (const [name, text] of [
        ['server.crt', certificate],
        ['server.key', certificateKey],
      ] as const) {
        writeFileSync(path.join(data, name), text, { mode: 0o600 });
        chownSync(path.join(data, name), uid, gid);
      }
      await client.query('ALTER SYSTEM SET ssl = on');
      await client.query('SELECT pg_reload_conf()');
      await client.end();
    });
    afterAll(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const at = (hostname: string) =>
      changed(server.url(), { hostname, search: '?sslmode=verify-full' });

    test("an authority of one's own is verified", async () => {
      const found = await findings({ DATABASE_URL: at('localhost'), DATABASE_CA: certificate });

      expect(found[1]).toMatchObject({ state: 'ok', why: expect.stringContaining('DATABASE_CA') });
    });

    test.each([
      ['an unknown authority', 'localhost', {}],
      ['the name of another host', '127.0.0.1', { DATABASE_CA: certificate }],
    ])('%s is refused', async (_, hostname, more) => {
      const [found] = await findings({ DATABASE_URL: at(hostname), ...more });

      expect(found).toMatchObject({
        state: 'failure',
        todo: expect.stringContaining('DATABASE_CA'),
      });
    });

    test('too few connections are told', async () => {
      const [, , connections] = await findings({ DATABASE_URL: server.url() });

      expect(connections).toMatchObject({
        state: 'warning',
        why: expect.stringContaining('max_connections is 20: enough for 5'),
        todo: expect.stringContaining('pooler'),
      });
    });
  });
});
