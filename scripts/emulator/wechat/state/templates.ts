import type { Switches } from '../options.ts';
import { industries } from '../rules/industries.ts';
import { librarySubscribeTemplates, libraryTemplates } from '../rules/template-library.ts';
import type { Calendar } from './calendar.ts';
import { randomId } from './random-id.ts';
import type { Storage } from './storage.ts';

export const MAX_TEMPLATES = 25;

export interface PrivateTemplate {
  readonly templateId: string;
  readonly title: string;
  /** Such as `事项：{{thing1.DATA}}`. */
  readonly content: string;
  readonly example: string;
}

export interface SubscribeTemplateRecord extends PrivateTemplate {
  /** 2 one time, 3 long term. */
  readonly type: 2 | 3;
}

interface TemplateState {
  industries: readonly [string, string];
  industryMonth: string;
  industryChanges: number;
  templates: PrivateTemplate[];
  subscribeTemplates: SubscribeTemplateRecord[];
}

/** The templates that the account has taken from the library. */
export function createTemplates(
  storage: Storage,
  { calendar, switches }: { readonly calendar: Calendar; readonly switches: Switches },
) {
  const section = storage.section<TemplateState>('templates', () => ({
    industries: ['1', '2'],
    industryMonth: '',
    industryChanges: 0,
    templates: [],
    subscribeTemplates: [],
  }));
  const templateId = () => randomId(43);

  return {
    library: libraryTemplates,
    subscribeLibrary: librarySubscribeTemplates,

    industries: () => section.read().industries.map((id) => industries[id]),
    /** `false` when this month's changes are used up. */
    setIndustries(first: string, second: string): boolean {
      return section.update((state) => {
        const month = calendar.month();
        if (state.industryMonth !== month) {
          Object.assign(state, { industryMonth: month, industryChanges: 0 });
        }
        if (state.industryChanges >= switches.industryChangesPerMonth) return false;
        state.industryChanges += 1;
        state.industries = [first, second];
        return true;
      });
    },

    find: (id: string) => section.read().templates.find((each) => each.templateId === id),
    list: (): readonly PrivateTemplate[] => section.read().templates,
    add(template: Omit<PrivateTemplate, 'templateId'>, id = templateId()): PrivateTemplate {
      const added = { templateId: id, ...template };
      section.update(({ templates }) => templates.push(added));
      return added;
    },
    delete(id: string): void {
      section.update((state) => {
        state.templates = state.templates.filter((each) => each.templateId !== id);
      });
    },

    findSubscribe: (id: string) =>
      section.read().subscribeTemplates.find((each) => each.templateId === id),
    listSubscribe: (): readonly SubscribeTemplateRecord[] => section.read().subscribeTemplates,
    addSubscribe(
      template: Omit<SubscribeTemplateRecord, 'templateId'>,
      id = templateId(),
    ): SubscribeTemplateRecord {
      const added = { templateId: id, ...template };
      section.update(({ subscribeTemplates }) => subscribeTemplates.push(added));
      return added;
    },
    deleteSubscribe(id: string): void {
      section.update((state) => {
        state.subscribeTemplates = state.subscribeTemplates.filter(
          (each) => each.templateId !== id,
        );
      });
    },
  };
}

export type Templates = ReturnType<typeof createTemplates>;
