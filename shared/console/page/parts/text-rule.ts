/** What a text must be. */
export interface TextRule {
  readonly limit?: number | undefined;
  /** What the limit counts: characters, of which an emoji is one, unless it is bytes of UTF-8. */
  readonly unit?: 'characters' | 'bytes';
  readonly isNeeded?: boolean;
}

export function usedOf(value: string, { unit }: TextRule): number {
  return unit === 'bytes' ? new TextEncoder().encode(value).length : [...value].length;
}

/** Why a text cannot be sent. */
export function faultOf(value: string, rule: TextRule): 'missing' | 'over' | undefined {
  const { limit, isNeeded } = rule;
  if (isNeeded && value.trim() === '') return 'missing';
  return limit !== undefined && usedOf(value, rule) > limit ? 'over' : undefined;
}
