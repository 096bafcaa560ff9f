import { menuLimits } from '../../../../menu/limits.ts';
import { t } from '../../words.ts';
import { type EditedButton, editedMenu } from './edited-menu.ts';
import type { Buttons, LiveConditional } from './live.ts';
import { w } from './words.ts';

/** To how many domains all conditional menus lead together: WeChat takes three. */
export function Domains({
  buttons,
  others,
}: {
  readonly buttons: Buttons;
  readonly others: readonly LiveConditional[];
}) {
  const all = [buttons, ...others.map(({ button }) => editedMenu(button))];
  const used = [...new Set(all.flatMap((each) => each.flatMap(hostsOf)))];
  const limit = menuLimits.conditionalDomains;
  const text = w('domains', { used: used.length, limit, domains: used.join(t('and')) });
  return <p class={used.length > limit ? 'alarm' : 'muted small'}>{text}</p>;
}

function hostsOf({ type, fields, below }: EditedButton): readonly string[] {
  if (type === 'list') return below.flatMap(hostsOf);
  const url = type === 'view' || type === 'miniprogram' ? (fields.url ?? '') : '';
  return URL.canParse(url) ? [new URL(url).hostname] : [];
}
