import { describe, expect, test } from '@jest/globals';
import { areas } from '../../shared/app/console/areas.ts';
import { guessCollection } from '../../shared/console/guess-document.ts';
import { waitAfter } from '../../shared/console/guesses.ts';
import { operatorCollection } from '../../shared/console/operator-document.ts';
import { MAX_REFUSALS } from '../../shared/console/refusals.ts';
import { isAllowed, roles } from '../../shared/console/role.ts';
import { hashOf } from '../../shared/console/secret-hash.ts';
import { consoleSessionCollection } from '../../shared/console/session-document.ts';
import { ticketCollection } from '../../shared/console/ticket-document.ts';
import { newSecret } from '../../shared/proxy/secrets.ts';
import { codeAt, openConsole, PASSWORD, SITE } from '../testing/console/console-fixture.ts';
import { SoftAuthenticator } from '../testing/console/soft-authenticator.ts';
import { createTally } from './tally.ts';

const tally = createTally('the console');

/** Every action that the page can reach, with the role that it needs. */
const offered = Object.entries(areas).flatMap(([area, { offers }]) =>
  Object.entries({ ...offers.reads, ...offers.acts }).map(
    ([action, role]) => ({ area, action, role }) as const,
  ),
);

interface Options {
  readonly challenge: string;
}

describe('roles', () => {
  test('no role does what needs another, and nothing is done without a session', async () => {
    const { signedIn, browser } = openConsole();
    const breaches: string[] = [];
    let attacks = 0;
    const expectCode = async (
      who: ReturnType<typeof browser>,
      { area, action }: (typeof offered)[number],
      status: number,
    ) => {
      attacks += 1;
      const result = await who.ask(area, action, {});
      if (result.status !== status) breaches.push(`${area} ${action}: ${result.status}`);
    };
    for (const role of roles) {
      const operator = await signedIn(`of-${role}`, role);
      for (const each of offered.filter((one) => !isAllowed(role, one.role))) {
        await expectCode(operator, each, 403);
      }
    }
    for (const each of offered) await expectCode(browser(), each, 401);

    tally.refused(attacks, breaches);
  });

  test('who tries is written down, and cannot fill the audit trail with it', async () => {
    const { signedIn, audit, clock, lines } = openConsole();
    const looker = await signedIn('looker', 'look');
    const tried = offered.filter(({ role }) => role === 'manage');
    const refused = async () =>
      (await audit.list(200)).filter(({ outcome }) => outcome === 'forbidden');
    await looker.ask('menu', 'restore', { id: '0mi71wpdc-kLVLQxBzPG2yTQEl' });

    expect(await refused()).toMatchObject([{ actor: 'operator looker', action: 'menu restore' }]);
    const flood = Array.from({ length: 40 }, () => looker.ask('menu', 'restore', {}));
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    for (const { area, action } of tried) await looker.ask(area, action, {});
    const written = (await refused()).length;
    await clock.advance(3_600_000);
    await looker.ask('followers', 'erase', { openid: 'oAlice' });

    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(written).toBeLessThanOrEqual(MAX_REFUSALS);
    expect(await refused()).toHaveLength(written + 1);
    expect(JSON.stringify(await refused())).not.toContain('oAlice');
    expect(await audit.verify()).toMatchObject({ isWhole: true });
    expect(lines.join()).not.toContain('audit trail not written');
    tally.refused(flood.length + tried.length, []);
  });

  test('what is not offered, is of another kind or is no name at all is not there', async () => {
    const { signedIn } = openConsole();
    const manager = await signedIn('boss', 'manage');
    const names = [
      ['console', 'admit'],
      ['worker', 'auditDeploy'],
      ['worker', 'adopt'],
      ['worker', 'discard'],
      ['worker', 'run'],
      ['worker', 'constructor'],
      ['worker', 'toString'],
      ['constructor', 'list'],
      ['__proto__', 'list'],
      ['sign-in', 'constructor'],
      ['metrics', 'list'],
    ] as const;
    const breaches: string[] = [];
    for (const [area, action] of names) {
      const { status } = await manager.raw(area, action, {});
      if (status !== 404 && status !== 405) breaches.push(`${area} ${action}: ${status}`);
    }

    tally.refused(names.length, breaches);
  });
});

describe('requests of other sites', () => {
  test('are refused without the key of the page, whatever else they bring', async () => {
    const { signedIn } = openConsole();
    const victim = await signedIn('victim', 'manage');
    const payload = { name: 'victim', isEnabled: true };
    const attempts: readonly Readonly<Record<string, string | undefined>>[] = [
      { 'x-console-key': undefined },
      { 'x-console-key': '' },
      { 'x-console-key': newSecret() },
      { 'x-console-key': 'A'.repeat(43) },
      { 'x-console-key': undefined, 'content-type': 'text/plain' },
      { 'x-console-key': undefined, 'content-type': 'application/x-www-form-urlencoded' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'multipart/form-data; boundary=x' },
    ];
    const breaches: string[] = [];
    const cookie = victim.cookie;
    for (const headers of attempts) {
      const { status } = await victim.raw('console', 'change', payload, headers);
      victim.cookie = cookie;
      if (status === 200) breaches.push(JSON.stringify(headers));
    }

    tally.refused(attempts.length, breaches);
    expect(await victim.ask('console', 'change', payload)).toMatchObject({ ok: true });
  });

  test('restore and publish no menu', async () => {
    const { signedIn } = openConsole();
    const victim = await signedIn('victim', 'manage');
    const cookie = victim.cookie;
    const acts = [
      ['create', { button: [{ type: 'click', name: 'evil', key: 'E' }] }],
      ['restore', { id: '0mi71wpdc-kLVLQxBzPG2yTQEl' }],
      ['changeConditional', { menuid: '1', button: [], matchrule: {} }],
      ['deleteConditional', { menuid: '1' }],
      ['delete', undefined],
    ] as const;
    const foreign = [
      { 'x-console-key': undefined },
      { 'x-console-key': newSecret() },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    const breaches: string[] = [];
    for (const [action, payload] of acts) {
      for (const headers of foreign) {
        const { status } = await victim.raw('menu', action, payload, headers);
        victim.cookie = cookie;
        if (status !== 401 && status !== 403) breaches.push(`${action} ${status}`);
      }
    }

    tally.refused(acts.length * foreign.length, breaches);
  });

  test('get no page into a frame, and no permission to ask', async () => {
    const { send, signedIn } = openConsole();
    const victim = await signedIn('victim', 'manage');
    const answers = [
      await send({ method: 'GET', path: '/console' }),
      await send({ method: 'GET', path: '/console/page.js' }),
      await send({ method: 'OPTIONS', path: '/console/api/self/whoAmI' }),
      await victim.raw('self', 'whoAmI'),
    ];
    const breaches = answers.flatMap(({ headers, status }) => {
      const isFramed = !String(headers['content-security-policy']).includes("ancestors 'none'");
      const isOpen = Object.keys(headers).some((name) => name.startsWith('access-control'));
      return isFramed || isOpen || headers['x-frame-options'] !== 'DENY' ? [String(status)] : [];
    });

    tally.refused(answers.length, breaches);
  });
});

describe('a stolen half', () => {
  test('of a session opens nothing: a cookie from a log, a key from a page, an answer', async () => {
    const { signedIn, browser, clock } = openConsole();
    const victim = await signedIn('victim', 'manage');
    const { result } = await victim.raw('self', 'whoAmI');
    const breaches: string[] = [];

    const withCookie = browser();
    withCookie.cookie = victim.cookie;
    if ((await withCookie.ask('self', 'whoAmI')).ok) breaches.push('the cookie');
    const withKey = browser({ key: victim.key });
    if ((await withKey.ask('self', 'whoAmI')).ok) breaches.push('the key');
    // What the platform writes into its log: the whole that the function returns.
    const logged = JSON.stringify(result);
    for (const word of ['victim', 'manage', victim.key]) {
      if (logged.includes(word)) breaches.push(`the log has ${word}`);
    }
    await victim.call('self', 'signOut');
    const later = browser({ key: victim.key });
    later.cookie = withCookie.cookie;
    if ((await later.ask('self', 'whoAmI')).ok) breaches.push('after signing out');
    await clock.advance(1);

    tally.refused(6, breaches);
  });

  test('a session of another operator is neither seen nor ended', async () => {
    const { signedIn } = openConsole();
    const victim = await signedIn('victim', 'look');
    const attacker = await signedIn('attacker', 'send');
    const { session } = (await victim.call('self', 'whoAmI')) as { readonly session: string };
    const breaches: string[] = [];

    const listed = (await attacker.call('self', 'sessions')) as readonly { operator: string }[];
    if (listed.some(({ operator }) => operator !== 'attacker')) breaches.push('sees it');
    for (const id of [session, hashOf(session), session.toLowerCase()]) {
      if ((await attacker.ask('self', 'revoke', { id })).ok) breaches.push(`ends ${id}`);
    }
    const other = await attacker.ask('self', 'sessions', { name: 'victim' });
    if (other.ok) breaches.push('names another');
    await victim.call('self', 'whoAmI');

    tally.refused(5, breaches);
  });
});

describe('guessing', () => {
  test('gets slower, is then locked, and tells nothing of names', async () => {
    const { withPassword, browser, clock, invoke, lines } = openConsole();
    const { codeSecret } = await withPassword('victim', 'manage');
    const guess = async (name: string, password: string) => {
      const code = codeAt(codeSecret, clock.now());
      const attacker = browser({ remoteAddress: `198.51.100.${password.length}` });
      return attacker.ask('sign-in', 'password', { name, password, code });
    };
    const told = new Map<string, string[]>();
    const breaches: string[] = [];
    for (const name of ['victim', 'nobody']) {
      for (let count = 0; count < 12; count += 1) {
        await clock.advance(waitAfter('name', count));
        for (const _ of count < 3 ? [1] : [1, 2]) {
          const result = await guess(name, `${PASSWORD}${'x'.repeat(count + 1)}`);
          if (result.ok) breaches.push(`${name} ${count}`);
          else told.set(name, [...(told.get(name) ?? []), result.error.message]);
        }
      }
    }
    // The words are the same for a name that is there and for one that is not.
    expect(told.get('nobody')).toEqual(told.get('victim'));
    const tooMany = told.get('victim')?.filter((text) => text.startsWith('Too many'));
    expect(tooMany).toHaveLength(9);
    const right = await guess('victim', PASSWORD);
    expect(right).toMatchObject({ status: 429, error: { code: 'rate_limited' } });

    // A new invitation opens the lock.
    const secret = newSecret();
    await invoke('invite', { name: 'victim', role: 'manage', secret });
    const code = codeAt(codeSecret, clock.now());
    const chosen = { secret, password: PASSWORD, code, codeSecret };
    await browser().call('sign-in', 'enrollPassword', chosen);
    await clock.advance(60_000);
    expect(await guess('victim', PASSWORD)).toMatchObject({ ok: true });
    expect(lines.join('')).not.toContain(PASSWORD);
    tally.refused(43, breaches);
  });

  test('from one address, for many names, is slowed down too', async () => {
    const { browser } = openConsole();
    const attacker = browser({ remoteAddress: '198.51.100.1' });
    const statuses: number[] = [];
    for (let each = 0; each < 30; each += 1) {
      const payload = { name: `name ${each}`, password: PASSWORD, code: '000000' };
      statuses.push((await attacker.ask('sign-in', 'password', payload)).status);
    }

    expect(statuses.slice(20)).toEqual(Array.from({ length: 10 }, () => 429));
    tally.refused(30, statuses.filter((status) => status === 200).map(String));
  });

  test('many at the same moment are all counted', async () => {
    const { withPassword, browser, raw } = openConsole();
    const { codeSecret } = await withPassword('victim', 'manage');
    const guesses = Array.from({ length: 12 }, (_, guess) =>
      browser({ remoteAddress: `198.51.100.${guess}` }).ask('sign-in', 'password', {
        name: 'victim',
        password: `${PASSWORD}${guess}`,
        code: codeAt(codeSecret, 0),
      }),
    );
    const results = await Promise.all(guesses);
    const looked = results.filter(({ status }) => status === 401);

    // The first three are free; the fourth and all after it came within the wait.
    expect(looked.length).toBeLessThanOrEqual(3);
    expect(await raw.count(guessCollection, 'all')).toBeGreaterThan(0);
    tally.refused(results.length, results.filter(({ ok }) => ok).map(String));
  });

  test('a code is good once, also at the same moment, and none of another time is', async () => {
    const { withPassword, browser, clock } = openConsole();
    const { codeSecret } = await withPassword('victim', 'manage');
    const sign = (code: string) =>
      browser().ask('sign-in', 'password', { name: 'victim', password: PASSWORD, code });
    const now = clock.now();
    const code = codeAt(codeSecret, now);
    const both = await Promise.all([sign(code), sign(code)]);
    const again = await sign(code);
    const old = await sign(codeAt(codeSecret, now - 120_000));

    expect(both.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1);
    tally.refused(4, [again, old].filter(({ ok }) => ok).map(String));
  });
});

describe('passkeys', () => {
  async function enrolled() {
    const console = openConsole();
    const secret = newSecret();
    await console.invoke('invite', { name: 'victim', role: 'manage', secret });
    const authenticator = new SoftAuthenticator('ops.example.com');
    const browser = console.browser();
    const creation = (await browser.call('sign-in', 'creationOptions', { secret })) as Options;
    const response = authenticator.create(creation, SITE);
    await browser.call('sign-in', 'enrollPasskey', { secret, response });
    const challenge = async () =>
      (await console.browser().call('sign-in', 'requestOptions')) as Options;
    return { ...console, authenticator, challenge };
  }

  test('no false site, other host, unseen user, changed byte or used answer comes in', async () => {
    const { authenticator, challenge, browser, clock } = await enrolled();
    const good = authenticator.get(await challenge(), SITE);
    expect(await browser().ask('sign-in', 'passkey', { response: good })).toMatchObject({
      ok: true,
    });
    const other = new SoftAuthenticator('ops.example.com');
    const forged = other.get(await challenge(), SITE);
    const changed = authenticator.get(await challenge(), SITE);
    const late = authenticator.get(await challenge(), SITE);
    const attempts = {
      'the same answer again': good,
      'a false site': authenticator.get(await challenge(), 'https://0ps.example.com'),
      http: authenticator.get(await challenge(), 'http://ops.example.com'),
      'another host': authenticator.get(await challenge(), SITE, { host: 'example.com' }),
      'no finger': authenticator.get(await challenge(), SITE, { flags: 0x01 }),
      'nobody there': authenticator.get(await challenge(), SITE, { flags: 0x00 }),
      'a challenge of its own': authenticator.get({ challenge: newSecret() }, SITE),
      'another key by the same id': { ...forged, id: good.id, rawId: good.rawId },
      'an unknown key': forged,
      'a changed signature': {
        ...changed,
        response: { ...changed.response, signature: late.response.signature },
      },
    };
    const breaches: string[] = [];
    for (const [name, response] of Object.entries(attempts)) {
      const { status } = await browser().ask('sign-in', 'passkey', { response });
      if (status !== 401) breaches.push(`${name}: ${status}`);
    }
    await clock.advance(6 * 60_000);
    const { status } = await browser().ask('sign-in', 'passkey', { response: late });
    if (status !== 401) breaches.push(`too late: ${status}`);

    tally.refused(Object.keys(attempts).length + 1, breaches);
  });

  test('a link is good once, also for two at the same moment, and for nothing else', async () => {
    const { invoke, browser } = openConsole();
    const breaches: string[] = [];
    const secret = newSecret();
    await invoke('admit', { name: 'ann', role: 'manage', secret });
    const both = await Promise.all(
      [0, 1, 2, 3].map(() => browser().ask('sign-in', 'admit', { secret })),
    );
    if (both.filter(({ ok }) => ok).length > 1) breaches.push('twice');
    const invitation = newSecret();
    await invoke('invite', { name: 'bob', role: 'manage', secret: invitation });
    if ((await browser().ask('sign-in', 'admit', { secret: invitation })).ok) breaches.push('kind');
    const disabled = newSecret();
    await invoke('invite', { name: 'eve', role: 'look', secret: disabled });
    await invoke('change', { name: 'eve', isEnabled: false });
    const codeSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const late = await browser().ask('sign-in', 'enrollPassword', {
      ...{ secret: disabled, password: PASSWORD, codeSecret },
      code: codeAt(codeSecret, Date.UTC(2026, 10, 29, 3)),
    });
    if (late.ok) breaches.push('of somebody who was disabled');

    tally.refused(6, breaches);
  });
});

describe('a writer of documents without the key', () => {
  test('makes no operator, no session, no invitation, and raises no role', async () => {
    const { raw, browser, signedIn, clock } = openConsole();
    const breaches: string[] = [];
    const looker = await signedIn('looker', 'look');
    const stored = await raw.get(operatorCollection, 'looker');
    if (!stored) throw new Error('The operator is not stored.');
    const cookie = newSecret();
    const attacker = browser();
    attacker.cookie = `__Host-fuwuhao-console=${cookie}`;
    const session = {
      _id: hashOf(cookie),
      operator: 'looker',
      pageKey: hashOf(attacker.key),
      method: 'link',
      openedAt: clock.now(),
      seenAt: clock.now(),
      browser: '?',
      endsAt: new Date(clock.now() + 3_600_000),
    } as const;
    await raw.create(consoleSessionCollection, session);
    if ((await attacker.ask('self', 'whoAmI')).ok) breaches.push('a session');

    const secret = newSecret();
    const until = new Date(clock.now() + 3_600_000);
    const ticket = { _id: hashOf(secret), kind: 'admit', operator: 'looker', until } as const;
    await raw.create(ticketCollection, ticket);
    if ((await browser().ask('sign-in', 'admit', { secret })).ok) breaches.push('an invitation');

    await raw.replaceIf(operatorCollection, { ...stored.doc, role: 'manage' }, stored.rev);
    if ((await looker.ask('console', 'operators')).ok) breaches.push('a role');

    tally.refused(3, breaches);
  });

  test('puts no older document of an operator back unseen', async () => {
    const { raw, invoke, audit } = openConsole();
    const name = 'Ann Lee';
    const read = async () => {
      const found = await raw.get(operatorCollection, name);
      if (!found) throw new Error('The operator is not stored.');
      return found;
    };
    await invoke('invite', { name, role: 'manage', secret: newSecret() });
    const asManager = (await read()).doc;
    await invoke('invite', { name: 'boss', role: 'manage', secret: newSecret() });
    await invoke('change', { name, role: 'look' });
    const asLooker = (await read()).doc;
    await invoke('change', { name, isEnabled: false });
    expect(await audit.verify()).toMatchObject({ isWhole: true });

    const unseen: string[] = [];
    for (const old of [asManager, asLooker]) {
      await raw.replaceIf(operatorCollection, old, (await read()).rev);
      const { problems } = await audit.verify();
      if (!problems.join().includes(`Operator ${name} is not as entry 4`)) unseen.push(old.role);
    }

    tally.refused(2, unseen);
  });
});
