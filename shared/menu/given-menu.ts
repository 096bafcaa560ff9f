import { isRecord } from '../kernel/record.ts';

/**
 * Gives a menu in the form in which WeChat takes it, from any form in which WeChat gives one, so that
 * an operator can restore or copy a menu: the answer of `menu get` or its `menu`, with the `menuid`
 * that WeChat has added, and the answer of `menu current`, which wraps its lists. In a rule of a
 * conditional menu WeChat gives numbers where it takes digits, and leaves empty what does not count.
 * Everything else stays as it is, for the schema to judge.
 */
export function givenMenu(value: unknown): unknown {
  const { menu, selfmenu_info: current, menuid, ...rest } = Object(value);
  if (isRecord(menu)) return { ...Object(givenMenu(menu)), ...rest };
  if (isRecord(current)) return givenMenu(current);
  if (!isRecord(value) || !Array.isArray(value.button)) return value;
  const button = value.button.map(givenButton);
  const { matchrule: rule } = rest;
  return { ...rest, button, ...(isRecord(rule) ? { matchrule: givenRule(rule) } : {}) };
}

/** The rule of a conditional menu as WeChat takes it, from the form in which it gives one. */
export function givenRule(rule: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(rule)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
}

function givenButton(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { sub_button: subButtons, ...button } = value;
  if (!isRecord(subButtons) || !Array.isArray(subButtons.list)) return value;
  return { ...button, sub_button: subButtons.list.map(givenButton) };
}
