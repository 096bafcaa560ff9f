/** As CAM keeps it. https://cloud.tencent.com/document/product/598/10604 */
export interface Policy {
  readonly statement: readonly Statement[];
}

export interface Statement {
  readonly effect: 'allow' | 'deny';
  readonly action: string | readonly string[];
  readonly resource?: string | readonly string[];
  readonly principal?: { readonly service?: string | readonly string[] };
}

/** What somebody wants to do: `scf:GetFunction` on a resource in six segments, or `*`. */
export interface Wish {
  readonly action: string;
  readonly resource: string;
}

/** Whether the policies together allow it: a `deny` that matches wins over every `allow`. */
export function allows(policies: readonly Policy[], wish: Wish): boolean {
  const matching = policies
    .flatMap(({ statement }) => statement)
    .filter((each) => matchesWish(each, wish));
  return (
    matching.some(({ effect }) => effect === 'allow') &&
    matching.every(({ effect }) => effect !== 'deny')
  );
}

/** Whether the document of a role lets a service of Tencent's become that role. */
export function trusts({ statement }: Policy, service: string): boolean {
  return statement.some(
    ({ effect, action, principal }) =>
      effect === 'allow' &&
      listOf(action).some((each) => /^(name\/)?sts:AssumeRole$/.test(each)) &&
      listOf(principal?.service ?? []).includes(service),
  );
}

function matchesWish({ action, resource = '*' }: Statement, wish: Wish): boolean {
  return (
    listOf(action).some((pattern) => glob(pattern.toLowerCase(), wish.action.toLowerCase())) &&
    listOf(resource).some((pattern) => coversResource(pattern, wish.resource))
  );
}

/** Segment by segment; a region or an owner that a policy leaves out may be any. */
function coversResource(pattern: string, resource: string): boolean {
  if (pattern === '*') return true;
  // An action that knows no single resource is allowed by nothing less than all of them.
  if (resource === '*') return false;
  const wanted = segmentsOf(pattern);
  return segmentsOf(resource).every((segment, i) => {
    const part = wanted[i] ?? '';
    return part === '' ? i === 1 || i === 3 || i === 4 : glob(part, segment);
  });
}

/** `qcs::scf:ap-shanghai:uin/1:namespace/default/function/x`: the last one may hold colons. */
function segmentsOf(resource: string): readonly string[] {
  const parts = resource.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function glob(pattern: string, text: string): boolean {
  const source = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`).test(text);
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
