import type { TrafficRow } from '../../feed.ts';
import { t } from '../words.ts';

/** How it ended, in a word; with a number if it went out more than once. */
export function stateText({ state, errcode, deliveries = 1, failure }: TrafficRow): string {
  const repeats = deliveries > 1 ? ` ×${deliveries}` : '';
  if (failure !== undefined) return `${t('threw')}${repeats}`;
  if (state === 'pending') return `${t('waiting')}${repeats}`;
  if (state === 'ok') return t('succeeded');
  if (state === 'refused') return errcode ? String(errcode) : t('refused');
  return `${t(state)}${repeats}`;
}
