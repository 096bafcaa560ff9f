import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The policies of `policies/`: who may become the role of the functions, what the functions may do, and
 * what the keys of the deploy may do.
 */
export const policyNames = ['role-trust', 'functions', 'sub-account'] as const;
export type PolicyName = (typeof policyNames)[number];

/** What stands in the place of `${…}` in a policy. */
export interface PolicyPlaces {
  /** The number of the main account. */
  readonly uin: string;
  readonly appid: string;
  readonly region: string;
  readonly envId: string;
  readonly service: string;
  readonly stage: string;
  /** The topic of the logs; without it nobody is allowed to read one. */
  readonly topicId?: string;
}

/** As CAM takes it. https://cloud.tencent.com/document/product/598/10604 */
export interface PolicyDocument {
  readonly version: '2.0';
  readonly statement: readonly PolicyStatement[];
}
export interface PolicyStatement {
  readonly effect: 'allow' | 'deny';
  readonly action: readonly string[];
  readonly resource?: readonly string[];
  readonly principal?: { readonly service: readonly string[] };
}

/**
 * Reads a policy and fills in its places. A resource with a place that is not known is left out, and so
 * is a statement that has none left: a policy is never wider than its file.
 */
export function policyOf(name: PolicyName, places: PolicyPlaces): PolicyDocument {
  const file = path.join(import.meta.dirname, 'policies', `${name}.json`);
  const { version, statement } = JSON.parse(readFileSync(file, 'utf8')) as PolicyDocument;
  return {
    version,
    statement: statement.flatMap((each): PolicyStatement[] => {
      if (!each.resource) return [each];
      const resource = each.resource.flatMap((text) => filled(text, places) ?? []);
      return resource.length === 0 ? [] : [{ ...each, resource }];
    }),
  };
}

function filled(text: string, places: PolicyPlaces): string | undefined {
  const values: Readonly<Record<string, string | undefined>> = { ...places };
  let isKnown = true;
  const result = text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (!value) isKnown = false;
    return value ?? '';
  });
  return isKnown ? result : undefined;
}
