import type { EndpointName } from '../../../../shared/wechat/catalogue/index.ts';
import type { Storage } from './storage.ts';

/** Which endpoints the account has not been granted, of those that must be applied for. */
export function createApplications(storage: Storage) {
  const section = storage.section('applications', () => ({ withheld: [] as string[] }));
  return {
    /** Areas or whole names. */
    withhold(names: readonly string[]): void {
      section.update((state) => {
        state.withheld = [...names];
      });
    },
    isWithheld(name: EndpointName): boolean {
      const [area = ''] = name.split('.');
      return section.read().withheld.some((each) => each === name || each === area);
    },
  };
}

export type Applications = ReturnType<typeof createApplications>;
