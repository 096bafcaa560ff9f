/**
 * Takes secrets and ids out of what the cloud was asked and answered, so that a user can hand it on. A text
 * stays only if its field is known to hold a word of the API and it looks like one; everything else becomes
 * a placeholder, the same for the same text, so that what belongs together still does.
 */
export interface Redactor {
  /** What the cloud answered. */
  value(given: unknown): unknown;
  /** What it was asked: our own words, but for the values of the user's. */
  request(given: unknown): unknown;
  /** A sentence, in which only what looks like an id is replaced. */
  sentence(given: string): string;
}

/** Values of the user's, and the word that stands for each; the word must fit where the value stood. */
export type KnownValues = Readonly<Record<string, string | undefined>>;

/** Fields whose texts are words of the API, or names that this project gives. */
const PLAIN_FIELDS =
  /^(?:Action|AclTag|AuthType|Code|CollectionName|CollectionType|ColumnTypes?|Columns|cron|DBStatus|Direction|DNSStatus|DomainType|EipStatus|Enable|FunctionName|Handler|IndexName|InvocationType|Key|kind|LogType|Method|Name|name|Namespace|ok|Permission|PolicyName|Protocol|PublicNetStatus|Qualifier|Region|Resource|ResourceType|RoleName|Runtime|ServiceRole|ShowCode|state|Status|TableName|Tag|TriggerName|Type|UpstreamResourceType|action|code|loss|path)$/;

/** A word of the API or of this project: short, and no token, number or address. */
const WORD = /^(?:[A-Za-z_$*/-][\w.:$*/-]{0,59}|[\d*/ ?,%-]{1,40})$/;
const OUR_FUNCTION = /^fuwuhao-[a-z0-9-]{1,60}$/;
const ID =
  /AKID\w+|\b(?:wx|gh_|o)(?=\w*\d)[\w-]{12,}|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{7,}\b|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}\b|\bhttps?:\/\/\S+|\b[\w.-]+\.(?:com|cn|net)\b/g;

/** @param known replaced wherever it stands, also inside other texts */
export function createRedactor(known: KnownValues): Redactor {
  const seen = new Map<string, string>();
  const values = Object.entries(known)
    .flatMap(([word, value]) => (value ? [{ word, value }] : []))
    // A value that holds another one is replaced as a whole.
    .sort((a, b) => b.value.length - a.value.length);

  return { value: (given) => value('', given), request, sentence };

  function request(given: unknown): unknown {
    if (typeof given === 'string') {
      const inside = json(given);
      if (inside !== undefined) return JSON.stringify(request(inside));
      return OUR_FUNCTION.test(given) ? given : sentence(given);
    }
    if (Array.isArray(given)) return given.map(request);
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([key, each]) => [key, request(each)]));
  }

  function value(field: string, given: unknown): unknown {
    if (typeof given === 'string') return text(field, given);
    if (typeof given === 'number') return number(field, given);
    if (Array.isArray(given)) return given.map((each) => value(field, each));
    if (typeof given !== 'object' || given === null) return given;
    return Object.fromEntries(Object.entries(given).map(([key, each]) => [key, value(key, each)]));
  }

  function text(field: string, given: string): string {
    const inside = json(given);
    if (inside !== undefined) return JSON.stringify(value(field, inside));
    const plain = withoutKnown(given);
    if (given === '' || OUR_FUNCTION.test(given)) return given;
    if (/^(?:message|Message|advice)$/.test(field)) return sentence(given);
    if (PLAIN_FIELDS.test(field) && WORD.test(plain) && plain.replace(ID, '') === plain) {
      return plain;
    }
    return plain === given || !isWord(plain) ? placeholder(given) : plain;
  }

  /** Whether nothing but the words for known values is left. */
  function isWord(plain: string): boolean {
    return values.some(({ word }) => word === plain);
  }

  function number(field: string, given: number): number {
    return /appid|uin/i.test(field) ? 1_000_000_001 : given;
  }

  function sentence(given: string): string {
    return withoutKnown(given).replace(ID, (found) => placeholder(found));
  }

  function withoutKnown(given: string): string {
    return values.reduce((rest, { word, value }) => rest.replaceAll(value, word), given);
  }

  function placeholder(given: string): string {
    const found = seen.get(given) ?? `text-${seen.size + 1}`;
    seen.set(given, found);
    return found;
  }
}

/** An object or a list that travels as text: events, answers, rules, descriptions of triggers. */
function json(given: string): unknown {
  if (!/^\s*[[{]/.test(given)) return undefined;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return undefined;
  }
}
