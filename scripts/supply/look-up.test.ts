import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { auditFaults, type Known, knownFaults, licenceProblems, packagesOf } from './look-up.ts';

const root = path.resolve(import.meta.dirname, '../..');
const known = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'known.json'), 'utf8'),
) as Known;
const one = (name: string, version: string, licence: string | undefined, isDevelopment = false) => [
  { name, version, licence, isDevelopment },
];

test('what is installed is under allowed licences and free of the faults that we know', () => {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const packages = packagesOf(lock);

  expect(packages.length).toBeGreaterThan(300);
  expect(licenceProblems(packages, known)).toEqual([]);
  expect(knownFaults(packages, known)).toEqual([]);
});

test.each([
  ['GPL-3.0', false, 1],
  [undefined, false, 1],
  ['MPL-2.0', false, 1],
  ['MPL-2.0', true, 0],
  ['(AFL-2.1 OR BSD-3-Clause)', false, 0],
  ['MIT AND GPL-2.0', false, 1],
  ['Apache-2.0 AND MIT', false, 0],
])('a package under %s (development: %s) gives %d problems', (licence, isDevelopment, count) => {
  expect(licenceProblems(one('x', '1.0.0', licence, isDevelopment), known)).toHaveLength(count);
});

test.each([
  ['0.30.1', 1],
  ['0.9.9', 1],
  ['0.30.2', 0],
  ['0.30.10', 0],
  ['1.0.0', 0],
])('axios %s: %d faults', (version, count) => {
  expect(knownFaults(one('axios', version, 'MIT'), known)).toHaveLength(count);
});

test('an answer of npm audit is read, and one that is none is told from it', () => {
  const answer = { vulnerabilities: { axios: { severity: 'high', range: '<0.30.2' } } };

  expect(auditFaults(JSON.stringify(answer))).toEqual(['axios <0.30.2: high.']);
  expect(auditFaults('{"message":"405 Method Not Allowed"}')).toBeUndefined();
  expect(auditFaults('')).toBeUndefined();
});
