import type { Page } from 'playwright-core';

/**
 * Writes to the account on the phone of the simulator's page, which is in Chinese. The menu may stand in
 * the place of the keyboard; before somebody follows, there is neither.
 */
export async function sayOnPhone(page: Page, text: string): Promise<void> {
  const phone = page.getByRole('region', { name: /^手机/ });
  const input = phone.getByLabel('输入消息');
  const keyboard = phone.getByLabel('切换到键盘');
  await input.or(keyboard).first().waitFor();
  if (!(await input.isVisible())) await keyboard.click();
  await input.fill(text);
  await input.press('Enter');
}
