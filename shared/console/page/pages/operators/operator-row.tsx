import type { OperatorSummary } from '../../../operators.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { tell } from '../../toast.tsx';
import { RoleSelect } from './role-select.tsx';
import { w } from './words.ts';

/** One operator, with what a manager may change. */
export function OperatorRow({
  operator,
  reload,
}: {
  readonly operator: OperatorSummary;
  readonly reload: () => Promise<void>;
}) {
  const { name, role, isEnabled, passkeys, hasPassword } = operator;
  const change = async (changes: object) => {
    await call('console', 'change', { name, ...changes });
    tell(w('changed'));
    await reload();
  };
  const ways = [
    ...(passkeys > 0 ? [`${w('passkey')} × ${passkeys}`] : []),
    ...(hasPassword ? [w('password')] : []),
  ];
  return (
    <tr>
      <th scope="row" data-label={w('name')}>
        {name}
      </th>
      <td data-label={w('role')}>
        <RoleSelect
          label={`${w('role')}: ${name}`}
          role={role}
          onChange={(chosen) => change({ role: chosen })}
        />
      </td>
      <td data-label={w('ways')}>
        {isEnabled ? ways.join(', ') || w('none') : <span class="reason">{w('disabled')}</span>}
      </td>
      <td data-label={w('actions')} class="actions">
        <Act onAct={() => change({ revokeSessions: true })}>{w('signOutEverywhere')}</Act>
        <Act question={w('forgetQuestion', { name })} onAct={() => change({ forgetWays: true })}>
          {w('forget')}
        </Act>
        {isEnabled ? (
          <Act
            question={w('disableQuestion', { name })}
            onAct={() => change({ isEnabled: false, revokeSessions: true })}
          >
            {w('disable')}
          </Act>
        ) : (
          <Act onAct={() => change({ isEnabled: true })}>{w('enable')}</Act>
        )}
      </td>
    </tr>
  );
}
