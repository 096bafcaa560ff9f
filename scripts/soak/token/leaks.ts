import { account, type Backend } from './backend.ts';

/** Counts the places where a token that WeChat issued, or the AppSecret, stands in clear. */
export async function leaksIn(backend: Backend, results: readonly unknown[]): Promise<number> {
  const tokens = backend.wechat.inspect({ reveal: true }).tokens.list.map(({ token }) => token);
  const secrets = [account.secret, ...tokens];
  if (tokens.length === 0) throw new Error('There are no tokens to look for.');
  const texts = [
    ...backend.lines.map(({ line }) => line),
    ...results.map((result) => JSON.stringify(result)),
    await backend.database.everything(),
  ];
  return texts.reduce(
    (count, text) => count + secrets.filter((secret) => text.includes(secret)).length,
    0,
  );
}
