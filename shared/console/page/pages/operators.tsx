import { useState } from 'preact/hooks';
import type { OperatorSummary } from '../../operators.ts';
import { isAllowed, type Role, roles } from '../../role.ts';
import type { SessionSummary } from '../../sessions.ts';
import { call } from '../api.ts';
import { draftOf, dropDraft } from '../drafts.ts';
import { dateTime } from '../format.ts';
import { newSecret } from '../key.ts';
import { Act } from '../parts/act.tsx';
import { Field } from '../parts/field.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { me } from '../session.ts';
import { tell } from '../toast.tsx';
import { t, wordsOf } from '../words.ts';

const w = wordsOf({
  mine: ['我的登录', 'Where I am signed in'],
  thisOne: ['当前', 'this one'],
  browser: ['浏览器', 'Browser'],
  method: ['方式', 'By'],
  passkey: ['通行密钥', 'passkey'],
  password: ['密码', 'password'],
  link: ['链接', 'link'],
  opened: ['登录时间', 'Since'],
  seen: ['最近使用', 'Last used'],
  end: ['下线', 'End'],
  ended: ['已下线', 'Ended'],
  actions: ['操作', 'Actions'],
  anotherWay: ['添加登录方式', 'Add a way to sign in'],
  anotherWayAbout: [
    '例如再加一台设备的通行密钥。需要刚刚登录过（十分钟内）。',
    'Such as a passkey on another device. You must have signed in within ten minutes.',
  ],
  forget: ['清除登录方式', 'Forget how to sign in'],
  forgetQuestion: [
    '清除 {name} 的通行密钥与密码并全部下线？例如手机丢失时；之后请重新邀请。',
    'Forget the passkeys and the password of {name}, and end all sessions? For a phone that was lost; invite anew afterwards.',
  ],
  everybody: ['所有运营人员', 'All operators'],
  name: ['姓名', 'Name'],
  role: ['角色', 'Role'],
  rolesAbout: [
    '查看：只读；编辑：菜单、素材、标签；发送：群发、发布、任务；管理：人员、客户端、审计。',
    'look: reads only; edit: menus, media, tags; send: broadcasts, publishing, jobs; manage: operators, clients, audit.',
  ],
  ways: ['登录方式', 'Signs in by'],
  none: ['尚未设置', 'nothing yet'],
  disabled: ['已停用', 'disabled'],
  disable: ['停用', 'Disable'],
  enable: ['启用', 'Enable'],
  disableQuestion: [
    '停用 {name}？其所有登录立即失效。',
    'Disable {name}? All sessions end at once.',
  ],
  signOutEverywhere: ['全部下线', 'End all sessions'],
  changed: ['已更改', 'Changed'],
  invite: ['邀请', 'Invite'],
  inviteAbout: [
    '生成一个三天内有效、只能用一次的链接，请用可信的渠道发给本人。对已有人员，可用来重设登录方式。',
    'Makes a link that is good once, for three days. Give it to the person by a channel that you trust. For somebody who is there, it sets up another way to sign in.',
  ],
  makeLink: ['生成邀请链接', 'Make a link'],
  linkFor: ['{name} 的邀请链接（只显示一次）', 'The link for {name} (shown once)'],
} as const);

/** One's own sessions, and for a manager everybody who may use the console. */
export default function Operators() {
  return (
    <>
      <MySessions />
      {isAllowed(me.value?.role ?? 'look', 'manage') && <Everybody />}
    </>
  );
}

function MySessions() {
  const loaded = useLoaded(async () => {
    const [sessions, self] = await Promise.all([
      call<readonly SessionSummary[]>('self', 'sessions'),
      call<{ readonly session: string }>('self', 'whoAmI'),
    ]);
    return { sessions, current: self.session };
  });
  const end = async (id: string) => {
    await call('self', 'revoke', { id });
    tell(w('ended'));
    await loaded.reload();
  };
  const addWay = async () => {
    const secret = newSecret();
    await call('self', 'invite', { secret });
    location.hash = `#invite=${secret}`;
  };
  return (
    <section>
      <h3>{w('mine')}</h3>
      <Loader loaded={loaded}>
        {({ sessions, current }) => (
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{w('browser')}</th>
                <th scope="col">{w('method')}</th>
                <th scope="col">{w('opened')}</th>
                <th scope="col">{w('seen')}</th>
                <th scope="col">{w('actions')}</th>
              </tr>
            </thead>
            <tbody>
              {sessions.map(({ id, browser, method, openedAt, seenAt }) => (
                <tr key={id}>
                  <th scope="row" data-label={w('browser')}>
                    {browser}
                  </th>
                  <td data-label={w('method')}>{w(method)}</td>
                  <td data-label={w('opened')}>{dateTime(openedAt)}</td>
                  <td data-label={w('seen')}>{dateTime(seenAt)}</td>
                  <td data-label={w('actions')} class="actions">
                    {id === current ? (
                      <span class="muted">{w('thisOne')}</span>
                    ) : (
                      <Act onAct={() => end(id)}>{w('end')}</Act>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loader>
      <p class="muted">
        <Act onAct={addWay}>{w('anotherWay')}</Act> {w('anotherWayAbout')}
      </p>
    </section>
  );
}

function Everybody() {
  const loaded = useLoaded(() => call<readonly OperatorSummary[]>('console', 'operators'));
  return (
    <>
      <section>
        <h3>{w('everybody')}</h3>
        <p class="muted">{w('rolesAbout')}</p>
        <Loader loaded={loaded}>
          {(operators) => (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w('name')}</th>
                  <th scope="col">{w('role')}</th>
                  <th scope="col">{w('ways')}</th>
                  <th scope="col">{w('actions')}</th>
                </tr>
              </thead>
              <tbody>
                {operators.map((operator) => (
                  <OperatorRow key={operator.name} operator={operator} reload={loaded.reload} />
                ))}
              </tbody>
            </table>
          )}
        </Loader>
      </section>
      <InviteForm reload={loaded.reload} />
    </>
  );
}

function OperatorRow({
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

function RoleSelect({
  role,
  label,
  onChange,
}: {
  readonly role: Role;
  readonly label?: string;
  readonly onChange: (role: Role) => unknown;
}) {
  return (
    <select
      value={role}
      aria-label={label}
      onChange={(event) => {
        const chosen = roles.find((each) => each === event.currentTarget.value);
        if (chosen) void onChange(chosen);
      }}
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {t(each)}
        </option>
      ))}
    </select>
  );
}

const DRAFT = 'invite';
const empty: { readonly name: string; readonly role: Role } = { name: '', role: 'look' };

function InviteForm({ reload }: { readonly reload: () => Promise<void> }) {
  const draft = draftOf(DRAFT, empty);
  const { name, role } = draft.value;
  const [link, setLink] = useState<{ readonly name: string; readonly address: string }>();
  const invite = async () => {
    // The page makes the secret: what a function returns is written into a log.
    const secret = newSecret();
    await call('console', 'invite', { name, role, secret });
    setLink({ name, address: `${location.origin}${location.pathname}#invite=${secret}` });
    dropDraft(DRAFT, empty);
    await reload();
  };
  return (
    <section>
      <h3>{w('invite')}</h3>
      <p class="muted">{w('inviteAbout')}</p>
      <div class="form">
        <Field label={w('name')}>
          <input
            value={name}
            maxLength={20}
            onInput={(event) => {
              draft.value = { role, name: event.currentTarget.value };
            }}
          />
        </Field>
        <Field label={w('role')}>
          <RoleSelect
            role={role}
            onChange={(chosen) => {
              draft.value = { name, role: chosen };
            }}
          />
        </Field>
        <Act class="tool strong" disabled={name.trim() === ''} onAct={invite}>
          {w('makeLink')}
        </Act>
      </div>
      {link && (
        <p role="status">
          {w('linkFor', { name: link.name })}
          <code class="key">{link.address}</code>
          <Act
            onAct={async () => {
              await navigator.clipboard.writeText(link.address);
              tell(t('copied'));
            }}
          >
            {t('copy')}
          </Act>
        </p>
      )}
    </section>
  );
}
