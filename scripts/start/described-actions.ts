import { checked, type Issue } from '../../shared/kernel/check.ts';
import { AppError } from '../../shared/kernel/errors.ts';
import { actionsOf } from '../docs/action-reference.ts';
import { describeSchema } from '../docs/describe-schema.ts';
import { invokable } from '../docs/invokable-actions.ts';
import type { CheckedPayload, ShownAction } from '../emulator/simulator/shown-actions.ts';
import { takers } from '../invoke/new-secret.ts';

const all = (Object.keys(invokable) as (keyof typeof invokable)[]).flatMap((name) =>
  actionsOf(name).map(([action, { schema }, text]) => {
    const secret = takers[name]?.includes(action) ? { secret: 'secret' } : {};
    return { schema, shown: { function: name, action, ...text, ...secret } };
  }),
);

/** Every action of every invokable function, as the reference describes it. */
export function listActions(): readonly ShownAction[] {
  return all.map(({ shown }) => shown);
}

/** A payload by the schema of its action, in the words of the function; `undefined` without such an action. */
export function checkPayload(
  name: string,
  action: string,
  payload: unknown,
): CheckedPayload | undefined {
  const found = all.find(({ shown }) => shown.function === name && shown.action === action);
  if (!found) return undefined;
  const { schema, shown } = found;
  const own = describeSchema(schema, payload);
  return {
    // A payload of no known form is shown the form of the example.
    fields: own.length > 0 ? own : describeSchema(schema, shown.example),
    problems: problemsOf(() => checked(schema, payload, { what: 'The payload' })),
  };
}

function problemsOf(check: () => unknown): readonly Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.details as { readonly issues: readonly Issue[] }).issues;
  }
}
