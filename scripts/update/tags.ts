import { execFileSync } from 'node:child_process';

/** A version as tags have it: v0.2.0, or 0.2.0. One before its release, such as v1.0.0-rc.1, is none. */
const VERSION = /^v?(\d+)\.(\d+)\.(\d+)$/;

/** Whether npm gets a package from this by git. */
export function isGit(from: string): boolean {
  return /^(?:git\+|git:|github:|gitlab:|bitbucket:)/.test(from) || /\.git(?:#.*)?$/.test(from);
}

/** The same package at another tag of its repository. */
export function atTag(from: string, tag: string): string {
  return `${from.replace(/#.*$/, '')}#${tag}`;
}

/**
 * The tag of the newest version in the repository; undefined if it has none.
 *
 * @throws Error of git if the repository cannot be reached
 */
export function newestTag(from: string): string | undefined {
  const url = from
    .replace(/#.*$/, '')
    .replace(/^git\+/, '')
    .replace(/^(github|gitlab|bitbucket):(.*)$/, (_, host: string, repository: string) => {
      return `https://${host}.${host === 'bitbucket' ? 'org' : 'com'}/${repository}.git`;
    });
  const listed = execFileSync('git', ['ls-remote', '--tags', '--refs', url], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tags = listed.split('\n').map((line) => line.replace(/^.*refs\/tags\//, ''));
  return tags
    .filter((tag) => VERSION.test(tag))
    .sort(byVersion)
    .at(-1);
}

function byVersion(one: string, other: string): number {
  const [a, b] = [one, other].map((tag) => VERSION.exec(tag)?.slice(1).map(Number) ?? []);
  const difference = [0, 1, 2].map((part) => (a?.[part] ?? 0) - (b?.[part] ?? 0));
  return difference.find((each) => each !== 0) ?? 0;
}
