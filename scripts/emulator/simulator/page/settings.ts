import { signal } from '@preact/signals';
import { remembered } from '../../../../shared/console/page/look/choices.ts';
import { tabs } from './tabs.ts';

export { language } from '../../../../shared/console/page/look/choices.ts';

export const tab = remembered('tab', tabs, 'traffic');

/** Whose phone is shown. */
export const openid = remembered<string>('openid', [], 'oAlice');
/** The traffic row that is looked at. */
export const selectedRow = signal<number | undefined>(undefined);

/** The collection whose documents are looked at; the first one until somebody chooses. */
export const collection = signal<string | undefined>(undefined);

export function lookAtCollection(name: string): void {
  collection.value = name;
  tab.value = 'store';
}

export function lookAt(trafficId: number): void {
  selectedRow.value = trafficId;
  tab.value = 'traffic';
}
