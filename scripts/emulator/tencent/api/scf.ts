import { service } from './conformance.ts';
import { codeActions } from './scf-code.ts';
import { domainActions } from './scf-domains.ts';
import { invokeActions } from './scf-invoke.ts';
import { queryActions } from './scf-queries.ts';
import { settingActions } from './scf-settings.ts';
import { triggerActions } from './scf-triggers.ts';

/** https://cloud.tencent.com/document/api/583/17235 */
export const scf = service<'scf'>()('2018-04-16', {
  ...codeActions,
  ...domainActions,
  ...queryActions,
  ...settingActions,
  ...triggerActions,
  ...invokeActions,
});
